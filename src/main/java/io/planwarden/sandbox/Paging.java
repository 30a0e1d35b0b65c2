package io.planwarden.sandbox;

import io.planwarden.sandbox.Switch.OffsetBeyondEnd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a list; {@code offset} counts items, a limit over the maximum is lowered silently. */
record Paging(long offset, long limit, boolean emptyBeyondEnd) {

  static Paging of(Query query, Switches switches) {
    return of(query.number("offset"), query.number("limit"), switches);
  }

  static Paging of(Body body, Switches switches) {
    return of(body.number("offset"), body.number("limit"), switches);
  }

  private static Paging of(@Nullable Long offset, @Nullable Long limit, Switches switches) {
    if (offset != null && offset < 0) {
      throw Refusal.invalid("offset must be at least 0");
    }
    if (limit != null && limit < 1) {
      throw Refusal.invalid("limit must be at least 1");
    }
    long wanted = limit == null ? switches.get(Switch.LIST_LIMIT_DEFAULT) : limit;
    return new Paging(
        offset == null ? 0 : offset,
        Math.min(wanted, switches.get(Switch.LIST_LIMIT_MAX)),
        switches.is(Switch.OFFSET_BEYOND_END, OffsetBeyondEnd.EMPTY));
  }

  <T> List<T> page(List<T> all) {
    if (offset > 0 && offset >= all.size() && !emptyBeyondEnd) {
      throw new Refusal(RefusalCode.OFFSET_BEYOND_END);
    }
    return all.stream().skip(offset).limit(limit).toList();
  }
}
