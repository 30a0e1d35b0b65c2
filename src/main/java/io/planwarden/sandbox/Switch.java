package io.planwarden.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One doubt of what is known of NCP, settled one way or the other; {@code docs/sandbox.md} says
 * which doubt each stands for, and why its preset is the one it is.
 */
record Switch<V>(String name, V preset, Values<V> values) {

  enum OmittedMembers {
    KEEP,
    CLEAR
  }

  enum NullClears {
    YES,
    NO
  }

  enum Repeated {
    OK,
    ERROR
  }

  enum Permission {
    ALLOW,
    REFUSE
  }

  enum NameFilter {
    EXACT,
    SUBSTRING
  }

  enum NameFilterCase {
    SENSITIVE,
    INSENSITIVE
  }

  enum OffsetBeyondEnd {
    EMPTY,
    ERROR
  }

  enum StagesSearch {
    ATTACHED,
    UNATTACHED
  }

  enum AssignNothing {
    REFUSE,
    UNASSIGN
  }

  enum Counters {
    KEEP,
    RESET
  }

  enum RelationIds {
    GIVEN,
    MISSING
  }

  enum RelationRows {
    ALL,
    WITH_PLAN
  }

  enum DefaultCondition {
    UNSET,
    SUCCESS
  }

  enum SuccessStatus {
    DOCUMENTED,
    OK
  }

  enum ErrorCodeType {
    STRING,
    INTEGER;

    Object of(long code) {
      return switch (this) {
        case STRING -> Long.toString(code);
        case INTEGER -> code;
      };
    }
  }

  static final Switch<OmittedMembers> OMITTED_MEMBERS =
      choice("omittedMembers", OmittedMembers.CLEAR);
  static final Switch<NullClears> NULL_CLEARS = choice("nullClears", NullClears.YES);
  static final Switch<Repeated> REPEATED_ATTACH = choice("repeatedAttach", Repeated.OK);
  static final Switch<Repeated> REPEATED_DETACH = choice("repeatedDetach", Repeated.OK);
  static final Switch<Permission> DELETE_ATTACHED = choice("deleteAttached", Permission.REFUSE);
  static final Switch<Permission> DETACH_WITH_KEYS = choice("detachWithKeys", Permission.ALLOW);
  static final Switch<Permission> DUPLICATE_NAMES = choice("duplicateNames", Permission.ALLOW);
  static final Switch<NameFilter> NAME_FILTER = choice("nameFilter", NameFilter.SUBSTRING);
  static final Switch<NameFilterCase> NAME_FILTER_CASE =
      choice("nameFilterCase", NameFilterCase.SENSITIVE);
  static final Switch<Integer> LIST_LIMIT_MAX = range("listLimitMax", 100, 1, 100_000);
  static final Switch<Integer> LIST_LIMIT_DEFAULT = range("listLimitDefault", 20, 1, 100_000);
  static final Switch<OffsetBeyondEnd> OFFSET_BEYOND_END =
      choice("offsetBeyondEnd", OffsetBeyondEnd.EMPTY);
  static final Switch<Integer> READ_AFTER_WRITE_DELAY =
      range("readAfterWriteDelay", 0, 0, 3_600_000);
  static final Switch<StagesSearch> STAGES_SEARCH = choice("stagesSearch", StagesSearch.ATTACHED);
  static final Switch<AssignNothing> ASSIGN_NOTHING = choice("assignNothing", AssignNothing.REFUSE);
  static final Switch<Counters> COUNTERS_ON_CHANGE = choice("countersOnChange", Counters.KEEP);
  static final Switch<RelationIds> RELATION_IDS = choice("relationIds", RelationIds.GIVEN);
  static final Switch<RelationRows> RELATION_ROWS = choice("relationRows", RelationRows.ALL);
  static final Switch<DefaultCondition> DEFAULT_CONDITION =
      choice("defaultCondition", DefaultCondition.UNSET);
  static final Switch<SuccessStatus> SUCCESS_STATUS =
      choice("successStatus", SuccessStatus.DOCUMENTED);
  static final Switch<ErrorCodeType> ERROR_CODE_TYPE =
      choice("errorCodeType", ErrorCodeType.STRING);

  static final List<Switch<?>> ALL =
      List.of(
          OMITTED_MEMBERS,
          NULL_CLEARS,
          REPEATED_ATTACH,
          REPEATED_DETACH,
          DELETE_ATTACHED,
          DETACH_WITH_KEYS,
          DUPLICATE_NAMES,
          NAME_FILTER,
          NAME_FILTER_CASE,
          LIST_LIMIT_MAX,
          LIST_LIMIT_DEFAULT,
          OFFSET_BEYOND_END,
          READ_AFTER_WRITE_DELAY,
          STAGES_SEARCH,
          ASSIGN_NOTHING,
          COUNTERS_ON_CHANGE,
          RELATION_IDS,
          RELATION_ROWS,
          DEFAULT_CONDITION,
          SUCCESS_STATUS,
          ERROR_CODE_TYPE);

  /** The values a switch can have, and their JSON form. */
  sealed interface Values<V> {

    /** Reads a value, or says in an exception for people which ones there are. */
    V parse(Object json);

    Object toJson(V value);
  }

  record Choice<E extends Enum<E>>(List<E> values) implements Values<E> {

    @Override
    public E parse(Object json) {
      return values.stream()
          .filter(value -> toJson(value).equals(json))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(toString()));
    }

    @Override
    public String toJson(E value) {
      return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
      return "one of " + values.stream().map(this::toJson).toList();
    }
  }

  record Range(int min, int max) implements Values<Integer> {

    @Override
    public Integer parse(Object json) {
      if (json instanceof Integer value && value >= min && value <= max) {
        return value;
      }
      throw new IllegalArgumentException(toString());
    }

    @Override
    public Integer toJson(Integer value) {
      return value;
    }

    @Override
    public String toString() {
      return "an integer from %d to %d".formatted(min, max);
    }
  }

  private static <E extends Enum<E>> Switch<E> choice(String name, E preset) {
    List<E> values = Stream.of(preset.getDeclaringClass().getEnumConstants()).toList();
    return new Switch<>(name, preset, new Choice<>(values));
  }

  private static Switch<Integer> range(String name, int preset, int min, int max) {
    return new Switch<>(name, preset, new Range(min, max));
  }
}
