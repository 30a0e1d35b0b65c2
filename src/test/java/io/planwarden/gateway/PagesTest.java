package io.planwarden.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 1000})
  void all_advancesByTheItemsReceived(int largestPage) {
    List<Long> items = Pages.all(list(250, largestPage)).await().indefinitely();

    assertThat(items).containsExactlyElementsOf(LongStream.range(0, 250).boxed().toList());
  }

  @Test
  void window_isFilledFromAsManyPagesAsItTakes() {
    Page<Long> page = Pages.window(new Paging(10, 120), list(250, 50)).await().indefinitely();

    assertThat(page.items()).containsExactlyElementsOf(LongStream.range(10, 130).boxed().toList());
    assertThat(page.total()).isEqualTo(250);
  }

  @Test
  void window_beyondTheEnd_isEmpty() {
    Page<Long> page = Pages.window(new Paging(300, 10), list(250, 50)).await().indefinitely();

    assertThat(page.items()).isEmpty();
  }

  @Test
  void all_endsAtAnEmptyPage_whateverTotalSays() {
    List<Long> items =
        Pages.<Long>all(paging -> Uni.createFrom().item(new Page<>(List.of(), 5)))
            .await()
            .indefinitely();

    assertThat(items).isEmpty();
  }

  @Test
  void whole_isNotWhatEndsBeforeTotal() {
    assertThat(Pages.whole(list(250, 50)).await().indefinitely()).hasSize(250);
    assertThatThrownBy(
            () ->
                Pages.<Long>whole(paging -> Uni.createFrom().item(new Page<>(List.of(), 5)))
                    .await()
                    .indefinitely())
        .hasMessageContaining("counts 5 and lists 0");
  }

  @ParameterizedTest
  @ValueSource(longs = {101, 150, 199})
  void whole_isNotTheSamePageAgainAndAgain(long total) {
    assertThatThrownBy(
            () ->
                Pages.whole(paging -> list(total, 100).apply(new Paging(0, paging.limit())))
                    .await()
                    .indefinitely())
        .isInstanceOfSatisfying(
            FacadeException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNREADABLE));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 50})
  void whole_isNotWhatLosesOneWhileItIsRead(int largestPage) {
    List<Long> items = new ArrayList<>(LongStream.range(0, 150).boxed().toList());
    Function<Paging, Uni<Page<Long>>> list =
        paging -> {
          int from = (int) paging.offset();
          int end = Math.min(items.size(), from + Math.min(paging.limit(), largestPage));
          Page<Long> page = new Page<>(List.copyOf(items.subList(from, end)), items.size());
          // The one that now begins the next page is not on it.
          items.remove(49L);
          return Uni.createFrom().item(page);
        };

    assertThatThrownBy(() -> Pages.whole(list).await().indefinitely())
        .isInstanceOfSatisfying(
            FacadeException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNREADABLE))
        .hasMessageContaining("counts 150, then 149 and lists 149");
    assertThat(Pages.whole(list).await().indefinitely()).hasSize(149);
  }

  @Test
  void whole_hasEachOnce() {
    Function<Paging, Uni<Page<Long>>> shifted =
        paging ->
            list(110, 100).apply(new Paging(Math.max(0, paging.offset() - 1), paging.limit()));

    assertThat(Pages.all(shifted).await().indefinitely()).hasSize(111);
    assertThat(Pages.whole(shifted).await().indefinitely())
        .containsExactlyElementsOf(LongStream.range(0, 110).boxed().toList());
  }

  @Test
  void pageThatIsTooLarge_isReadInSmallerOnes() {
    List<Integer> asked = new ArrayList<>();

    List<Long> items = Pages.all(fitting(25, asked)).await().indefinitely();

    assertThat(items).containsExactlyElementsOf(LongStream.range(0, 110).boxed().toList());
    assertThat(asked).containsExactly(100, 50, 25, 25, 25, 25, 25);
  }

  @Test
  void windowThatIsTooLarge_isReadInSmallerOnes() {
    Page<Long> page =
        Pages.window(new Paging(10, 60), fitting(25, new ArrayList<>())).await().indefinitely();

    assertThat(page.items()).containsExactlyElementsOf(LongStream.range(10, 70).boxed().toList());
  }

  @Test
  void itemThatIsTooLarge_cannotBeRead() {
    List<Integer> asked = new ArrayList<>();

    assertThatThrownBy(() -> Pages.all(fitting(0, asked)).await().indefinitely())
        .isInstanceOfSatisfying(
            UpstreamFailure.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_OVERSIZED));
    assertThat(asked).containsExactly(100, 50, 25, 12, 6, 3, 1);
  }

  @Test
  void errorThatIsTooLarge_isNoPageThatIs() {
    List<Integer> asked = new ArrayList<>();

    assertThatThrownBy(() -> Pages.all(fitting(0, asked, 500)).await().indefinitely())
        .isInstanceOf(UpstreamFailure.class);
    assertThat(asked).containsExactly(100);
  }

  private static Function<Paging, Uni<Page<Long>>> fitting(int most, List<Integer> asked) {
    return fitting(most, asked, 200);
  }

  /** A list of 110 of which no more fit into an answer; what does not has this status. */
  private static Function<Paging, Uni<Page<Long>>> fitting(
      int most, List<Integer> asked, int status) {
    return paging -> {
      asked.add(paging.limit());
      return paging.limit() <= most
          ? list(110, 100).apply(paging)
          : Uni.createFrom()
              .failure(
                  UpstreamFailure.answered(
                      FailureClass.AMBIGUOUS,
                      ErrorCode.UPSTREAM_OVERSIZED,
                      "Too large.",
                      status,
                      null,
                      null));
    };
  }

  private static Function<Paging, Uni<Page<Long>>> list(long total, int largestPage) {
    return paging -> {
      long end = Math.min(total, paging.offset() + Math.min(paging.limit(), largestPage));
      List<Long> items =
          LongStream.range(paging.offset(), Math.max(end, paging.offset())).boxed().toList();
      return Uni.createFrom().item(new Page<>(items, total));
    };
  }
}
