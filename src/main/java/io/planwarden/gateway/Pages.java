package io.planwarden.gateway;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads lists that NCP hands out in pages. The largest page that NCP allows is not documented and
 * may be smaller than what was asked for, so the loops advance by the items received. Where a page
 * is too large to be read, the list is read in pages half as long, down to single items.
 */
public final class Pages {
  private static final int PAGE_SIZE = 100;

  private Pages() {}

  /** All items, in NCP's order; one may be there twice if others are added meanwhile. */
  public static <T> Uni<List<T>> all(Function<Paging, Uni<Page<T>>> read) {
    return upTo(Integer.MAX_VALUE, 0, read).map(Page::items);
  }

  /**
   * The same, each once, for those who conclude something from what is not in it: fails with {@code
   * upstream-unreadable} if NCP lists fewer than it counts, or does not count the same on each
   * page. What is added or removed while it pages, and an NCP that ignores the offset, make it list
   * some twice and others not at all.
   */
  public static <T> Uni<List<T>> whole(Function<Paging, Uni<Page<T>>> read) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Set<Long> totals = new LinkedHashSet<>();
              return all(paging -> read.apply(paging).invoke(page -> totals.add(page.total())))
                  .map(all -> whole(all, totals));
            });
  }

  private static <T> List<T> whole(List<T> all, Set<Long> totals) {
    List<T> listed = all.stream().distinct().toList();
    if (totals.size() > 1 || totals.stream().anyMatch(total -> listed.size() < total)) {
      throw new FacadeException(
          ErrorCode.UPSTREAM_UNREADABLE,
          "NCP counts %s and lists %d of them, so it cannot be told what is missing."
              .formatted(
                  totals.stream().map(String::valueOf).collect(Collectors.joining(", then ")),
                  listed.size()));
    }
    return listed;
  }

  /** The items of one page as the caller asked for it, in as many of NCP's pages as it takes. */
  public static <T> Uni<Page<T>> window(Paging paging, Function<Paging, Uni<Page<T>>> read) {
    return upTo(paging.limit(), paging.offset(), read);
  }

  private static <T> Uni<Page<T>> upTo(
      int wanted, long offset, Function<Paging, Uni<Page<T>>> read) {
    return more(new ArrayList<>(), wanted, offset, PAGE_SIZE, read);
  }

  private static <T> Uni<Page<T>> more(
      List<T> got, int wanted, long offset, int longest, Function<Paging, Uni<Page<T>>> read) {
    int missing = Math.min(longest, wanted - got.size());
    return read.apply(new Paging(offset + got.size(), missing))
        .onItemOrFailure()
        .transformToUni(
            (page, failure) -> {
              if (failure != null) {
                return missing > 1 && UpstreamFailure.isOversized(failure)
                    ? more(got, wanted, offset, missing / 2, read)
                    : Uni.createFrom().failure(failure);
              }
              got.addAll(page.items().subList(0, Math.min(missing, page.items().size())));
              boolean end = page.items().isEmpty() || offset + got.size() >= page.total();
              return end || got.size() >= wanted
                  ? Uni.createFrom().item(new Page<>(got, page.total()))
                  : more(got, wanted, offset, longest, read);
            });
  }
}
