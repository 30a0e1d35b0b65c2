package io.planwarden.change;

import io.planwarden.gateway.Call;
import io.planwarden.gateway.Change;
import io.planwarden.gateway.Receipt;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The course of a change that puts back what another operation changed: that of the change itself,
 * taken only while the target is as that operation left it. Its target is always read.
 */
final class PuttingBack implements Course {
  /** In a recorded request: the operation whose change is put back. */
  static final String REVERTS = "reverts";

  private final Reversal reversal;
  private final Course course;

  PuttingBack(Reversal reversal, Course course) {
    this.reversal = reversal;
    this.course = course;
  }

  @Override
  public Change change() {
    return course.change();
  }

  @Override
  public SortedSet<LockKey> locks() {
    return course.locks();
  }

  @Override
  public Optional<LockKey> sight(Image seen) {
    return course.sight(seen);
  }

  @Override
  public Map<String, Object> settable(Image seen) {
    return course.settable(seen);
  }

  @Override
  public Map<String, Object> target() {
    return course.target();
  }

  @Override
  public Map<String, Object> request() {
    Map<String, Object> request = new TreeMap<>(course.request());
    request.put(REVERTS, reversal.operationId());
    return request;
  }

  @Override
  public Uni<Image> look(Call call) {
    return course.look(call);
  }

  @Override
  public Optional<FacadeException> objection(Image before) {
    List<Map<String, Object>> diff = diff(before);
    return diff.isEmpty()
        ? course.objection(before)
        : Optional.of(
            new FacadeException(
                    ErrorCode.REVERTED_TARGET_CHANGED,
                    "The target is not as operation %s left it; diff tells what is different."
                        .formatted(reversal.operationId()))
                .with("diff", diff));
  }

  private List<Map<String, Object>> diff(Image seen) {
    Map<String, Object> before = settable(reversal.before());
    Map<String, Object> after = settable(reversal.after());
    Map<String, Object> current = settable(seen);
    TreeSet<String> names = new TreeSet<>(after.keySet());
    names.addAll(current.keySet());
    names.removeIf(name -> Objects.equals(after.get(name), current.get(name)));
    List<Map<String, Object>> diff = new ArrayList<>();
    for (String name : names) {
      Map<String, Object> entry = new TreeMap<>(Map.of("field", name));
      Image.put(entry, "before", before.get(name));
      Image.put(entry, "after", after.get(name));
      Image.put(entry, "current", current.get(name));
      diff.add(entry);
    }
    return diff;
  }

  @Override
  public Uni<Optional<FacadeException>> guard(Image before, Call call) {
    return course.guard(before, call);
  }

  @Override
  public Foresight foresee(Image before) {
    return course.foresee(before);
  }

  @Override
  public boolean mustSeeTheLatest() {
    return true;
  }

  @Override
  public boolean isWithoutEffect(Image before, Image now) {
    return course.isWithoutEffect(before, now);
  }

  @Override
  public SortedSet<LockKey> touches() {
    return course.touches();
  }

  @Override
  public SortedSet<LockKey> doubts() {
    return course.doubts();
  }

  @Override
  public boolean alreadySo(Image before) {
    return course.alreadySo(before);
  }

  @Override
  public boolean isAsAsked(Image before) {
    return course.isAsAsked(before);
  }

  @Override
  public boolean isProvedBySight() {
    return course.isProvedBySight();
  }

  @Override
  public Uni<Finding> find(Image before, Call call) {
    return course.find(before, call);
  }

  @Override
  public Uni<Finding> confirm(Receipt receipt, Image before, Call call) {
    return course.confirm(receipt, before, call);
  }

  @Override
  public boolean repeatableAfterLook() {
    return course.repeatableAfterLook();
  }
}
