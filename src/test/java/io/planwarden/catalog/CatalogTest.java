package io.planwarden.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.app.CapturedLog;
import io.planwarden.change.VirtualTime;
import io.planwarden.gateway.Api;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.FailureClass;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Ids;
import io.planwarden.gateway.Page;
import io.planwarden.gateway.Product;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Reach;
import io.planwarden.gateway.Stage;
import io.planwarden.gateway.StageRef;
import io.planwarden.gateway.UpstreamFailure;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private final VirtualTime time = new VirtualTime();
  private final FakeNcp ncp = new FakeNcp(time);
  private final Catalog catalog = new Catalog(ncp, new Config(), time.clock(), time);

  @AfterEach
  void stop() {
    time.shutdownNow();
  }

  @Test
  void shortReference_isResolvedFromOneReading() {
    assertThat(resolve("stageone01", null)).isEqualTo("p1:a1:stageone01");
    assertThat(resolve("stagetwo01", null)).isEqualTo("p2:a2:stagetwo01");
    assertThat(ncp.readings).isEqualTo(1);
  }

  @Test
  void longReference_mustBeTrue() {
    assertThat(resolve("p1:a1:stageone01", null)).isEqualTo("p1:a1:stageone01");
    fails("p2:a1:stageone01", null, ErrorCode.STAGE_NOT_FOUND);
    fails("p1:a1:stageone01", "p2", ErrorCode.STAGE_NOT_FOUND);
  }

  @Test
  void stageIdFoundTwice_isAmbiguousUnlessNarrowed() {
    fails("stagesame1", null, ErrorCode.STAGE_AMBIGUOUS);
    assertThat(resolve("stagesame1", "p2")).isEqualTo("p2:a2:stagesame1");
    assertThat(resolve("p1:a1:stagesame1", null)).isEqualTo("p1:a1:stagesame1");
  }

  @Test
  void unknownStage_isRememberedForAWhile() {
    fails("nosuch0001", null, ErrorCode.STAGE_NOT_FOUND);
    fails("nosuch0002", null, ErrorCode.STAGE_NOT_FOUND);
    time.advance(Duration.ofSeconds(59));
    fails("nosuch0001", null, ErrorCode.STAGE_NOT_FOUND);
    assertThat(ncp.readings).isEqualTo(1);

    time.advance(Duration.ofSeconds(2));
    fails("nosuch0001", null, ErrorCode.STAGE_NOT_FOUND);
    assertThat(ncp.readings).isEqualTo(2);
  }

  @Test
  void reading_isUsedUntilItIsTooOld() {
    resolve("stageone01", null);
    time.advance(Duration.ofMinutes(4));
    resolve("stageone01", null);
    assertThat(ncp.readings).isEqualTo(1);

    time.advance(Duration.ofMinutes(2));
    resolve("stageone01", null);
    assertThat(ncp.readings).isEqualTo(2);
  }

  @Test
  void knownStage_isBelievedWhileNcpDoesNotAnswer() {
    resolve("stageone01", null);
    time.advance(Duration.ofMinutes(6));
    ncp.broken = true;

    assertThat(resolve("stageone01", null)).isEqualTo("p1:a1:stageone01");
    assertThatThrownBy(() -> resolve("nosuch0001", null)).hasMessage("broken");
  }

  @Test
  void knownStage_isAnsweredAtOnceWhileTheStagesAreReadAnew() {
    resolve("stageone01", null);
    time.advance(Duration.ofMinutes(6));
    ncp.takes = Duration.ofSeconds(20);

    assertThat(resolve("stageone01", null)).isEqualTo("p1:a1:stageone01");
    assertThat(resolve("p1:a1:stageone01", null)).isEqualTo("p1:a1:stageone01");
    assertThat(resolve("stagetwo01", null)).isEqualTo("p2:a2:stagetwo01");
    assertThat(ncp.readings).isEqualTo(2);

    time.advance(Duration.ofMinutes(1));
    resolve("stageone01", null);
    assertThat(ncp.readings).isEqualTo(2);
  }

  @Test
  void stageThatMoved_isFoundOutByTheNextReading() {
    resolve("stageone01", null);
    ncp.stages.put("p1", List.of());
    ncp.stages.put("p2", List.of("stageone01"));
    ncp.takes = Duration.ofSeconds(20);
    time.advance(Duration.ofMinutes(6));

    assertThat(resolve("stageone01", null)).isEqualTo("p1:a1:stageone01");
    time.advance(Duration.ofSeconds(40));

    assertThat(resolve("stageone01", null)).isEqualTo("p2:a2:stageone01");
    fails("p1:a1:stageone01", null, ErrorCode.STAGE_NOT_FOUND);
    fails("stagetwo01", null, ErrorCode.STAGE_NOT_FOUND);
  }

  @Test
  void stageThatIsKnownElsewhereOnly_isLookedFor() {
    resolve("stageone01", null);
    ncp.stages.put("p2", List.of("stageone01"));
    time.advance(Duration.ofSeconds(61));

    assertThat(resolve("p2:a2:stageone01", null)).isEqualTo("p2:a2:stageone01");
  }

  @Test
  void readingLongerThanAnyDeadline_goesOnForTheNext() {
    ncp.products(400);
    ncp.takes = Duration.ofSeconds(1);
    CompletableFuture<StageRef> first = ask("stageone01");

    time.advance(Duration.ofMillis(29_999));
    assertThat(first).isNotDone();
    time.advance(Duration.ofMillis(1));
    assertThat(first).isCompletedExceptionally();
    assertThatThrownBy(first::join)
        .cause()
        .isInstanceOfSatisfying(
            FacadeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_BUSY);
              assertThat(e.retryable()).isTrue();
              assertThat(e.retryAfter()).isPositive();
            });

    time.advance(Duration.ofSeconds(50));
    CompletableFuture<StageRef> second = ask("stageone01");
    time.advance(Duration.ofSeconds(24));
    assertThat(second).isDone();
    assertThat(second.join()).hasToString("p1:a1:stageone01");
    fails("nosuch0001", null, ErrorCode.STAGE_NOT_FOUND);
    assertThat(ncp.readings).isEqualTo(1);
  }

  @Test
  void readingThatEndsAfterTheDeadline_answersWhoComesAMomentLater() {
    ncp.products(400);
    ncp.takes = Duration.ofSeconds(1);
    CompletableFuture<StageRef> unknown = ask("nosuch0001");
    time.advance(Duration.ofSeconds(160));
    assertThat(unknown).isCompletedExceptionally();

    fails("nosuch0001", null, ErrorCode.STAGE_NOT_FOUND);
    assertThat(ncp.readings).isEqualTo(1);
  }

  @Test
  void reading_hasALimitOfItsOwn() {
    Instant begun = time.now();
    resolve("stageone01", null);

    assertThat(ncp.deadline).isEqualTo(begun.plus(Duration.ofMinutes(10)));
  }

  @Test
  void productThatNcpListsTwice_hasItsStagesOnce() {
    ncp.products(120);
    ncp.stages.put("p100", List.of("stagelast1"));
    ncp.repeating = true;

    assertThat(resolve("stagelast1", null)).isEqualTo("p100:a100:stagelast1");
    assertThat(resolve("p100:a100:stagelast1", null)).isEqualTo("p100:a100:stagelast1");
    assertThat(stages()).hasSize(5);
  }

  @Test
  void whatHasAnOddId_isLeftOutAndNamedOnce() {
    ncp.stages.put("p-1-toolong", List.of("stagelost1"));
    ncp.stages.put("p3", Arrays.asList("stage\n1", null, "stagegood1"));
    try (CapturedLog log = new CapturedLog()) {
      assertThat(stages()).hasSize(5).contains("p3:a3:stagegood1");
      time.advance(Duration.ofMinutes(6));
      assertThat(stages()).hasSize(5);

      assertThat(ncp.readings).isEqualTo(2);
      assertThat(log.lines().stream().map(line -> line.replaceAll(" is left out.*", "")))
          .containsExactlyInAnyOrder("product id=p-1-toolong", "stage id=stage?1", "stage id=none");
    }
    fails("stagelost1", null, ErrorCode.STAGE_NOT_FOUND);
  }

  @Test
  void pageOfApisThatIsTooLarge_isReadInSmallerOnes() {
    ncp.mostApis = 25;

    assertThat(stages()).hasSize(4);
  }

  @Test
  void readingThatFailed_isNotBegunAnewForEveryKnownStage() {
    resolve("stageone01", null);
    time.advance(Duration.ofMinutes(6));
    ncp.failures.put("p2", answer(500, ErrorCode.UPSTREAM_FAILED));
    for (int i = 0; i < 10; i++) {
      assertThat(resolve("stageone01", null)).isEqualTo("p1:a1:stageone01");
    }
    assertThat(ncp.readings).isEqualTo(2);

    time.advance(Duration.ofSeconds(61));
    resolve("stageone01", null);
    assertThat(ncp.readings).isEqualTo(3);
  }

  @Test
  void productThatIsGoneOrForbidden_hasNoStages() {
    for (UpstreamFailure failure :
        List.of(
            answer(404, ErrorCode.UPSTREAM_NOT_FOUND),
            answer(403, ErrorCode.UPSTREAM_PERMISSION_DENIED))) {
      ncp.failures.put("p2", failure);
      time.advance(Duration.ofMinutes(6));

      assertThat(stages()).containsExactly("p1:a1:stageone01", "p1:a1:stagesame1");
      fails("stagetwo01", null, ErrorCode.STAGE_NOT_FOUND);
      ncp.failures.clear();
      time.advance(Duration.ofMinutes(6));
      assertThat(resolve("stagetwo01", null)).isEqualTo("p2:a2:stagetwo01");
    }
  }

  @Test
  void everyProductForbidden_isNotAnAccountWithoutStages() {
    resolve("stageone01", null);
    ncp.failures.put("p1", answer(403, ErrorCode.UPSTREAM_PERMISSION_DENIED));
    ncp.failures.put("p2", answer(403, ErrorCode.UPSTREAM_PERMISSION_DENIED));
    time.advance(Duration.ofMinutes(6));

    fails("nosuch0001", null, ErrorCode.UPSTREAM_PERMISSION_DENIED);
    assertThat(resolve("stageone01", null)).isEqualTo("p1:a1:stageone01");
  }

  @Test
  void productThatFailsForAnotherReason_failsTheReading() {
    ncp.failures.put("p2", answer(500, ErrorCode.UPSTREAM_FAILED));

    fails("stageone01", null, ErrorCode.UPSTREAM_FAILED);
  }

  @Test
  void listOfStages_isReadAnewBehindTheCallerUntilItIsMuchTooOld() {
    assertThat(stages()).hasSize(4);
    ncp.stages.put("p2", List.of());
    ncp.takes = Duration.ofSeconds(20);

    time.advance(Duration.ofMinutes(6));
    assertThat(stages()).hasSize(4);
    time.advance(Duration.ofSeconds(40));
    assertThat(stages()).hasSize(2);

    time.advance(Duration.ofMinutes(10));
    var late = catalog.stages(request()).subscribeAsCompletionStage();
    assertThat(late).isNotDone();
    time.advance(Duration.ofSeconds(30));
    assertThat(late).isCompletedExceptionally();
    assertThat(ncp.readings).isEqualTo(3);
  }

  @Test
  void manyAtOnce_shareOneReading() {
    ncp.takes = Duration.ofSeconds(1);
    List<CompletableFuture<StageRef>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      answers.add(ask("stageone01"));
    }
    assertThat(answers).noneMatch(CompletableFuture::isDone);

    time.advance(Duration.ofSeconds(2));

    assertThat(answers).allSatisfy(a -> assertThat(a.join()).hasToString("p1:a1:stageone01"));
    assertThat(ncp.readings).isEqualTo(1);
  }

  private CompletableFuture<StageRef> ask(String reference) {
    return catalog.resolve(reference, null, request()).subscribeAsCompletionStage();
  }

  /** What is answered without any time going by. */
  private String resolve(String reference, String product) {
    return now(catalog.resolve(reference, product, request())).toString();
  }

  private List<String> stages() {
    return now(catalog.stages(request())).stream().map(stage -> stage.ref().toString()).toList();
  }

  private static <T> T now(Uni<T> answer) {
    var result = answer.subscribeAsCompletionStage();
    assertThat(result).isDone();
    return Uni.createFrom().completionStage(result).await().indefinitely();
  }

  private Call request() {
    return new Call("somebody", time.now().plus(Duration.ofSeconds(30)), Reach.ALL);
  }

  private void fails(String reference, String product, ErrorCode code) {
    assertThatThrownBy(() -> resolve(reference, product))
        .isInstanceOfSatisfying(FacadeException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static UpstreamFailure answer(int status, ErrorCode error) {
    return UpstreamFailure.answered(
        FailureClass.PERMANENT, error, "NCP refused it.", status, null, null);
  }

  /** Products {@code p1} and on, each with one API; a stage id stands in both of the first two. */
  private static final class FakeNcp implements GatewayReads {
    private final VirtualTime time;
    final Map<String, List<String>> stages = new LinkedHashMap<>();
    final Map<String, UpstreamFailure> failures = new LinkedHashMap<>();
    Duration takes = Duration.ZERO;
    int readings;
    boolean broken;
    boolean repeating;
    int mostApis = Integer.MAX_VALUE;
    Instant deadline;

    FakeNcp(VirtualTime time) {
      this.time = time;
      stages.put("p1", List.of("stageone01", "stagesame1"));
      stages.put("p2", List.of("stagetwo01", "stagesame1"));
    }

    void products(int number) {
      for (int i = stages.size() + 1; i <= number; i++) {
        stages.put("p" + i, List.of());
      }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Uni<T> read(Query<T> query, Call call) {
      deadline = call.deadline();
      if (query instanceof Query.Products products && products.paging().offset() == 0) {
        readings++;
      }
      Uni<T> answer = Uni.createFrom().deferred(() -> (Uni<T>) answer(query));
      return takes.isZero()
          ? answer
          : Uni.createFrom()
              .emitter(
                  emitter ->
                      time.schedule(
                          () -> {
                            answer.subscribe().with(emitter::complete, emitter::fail);
                          },
                          takes.toNanos(),
                          TimeUnit.NANOSECONDS));
    }

    private Uni<?> answer(Query<?> query) {
      if (broken) {
        return Uni.createFrom().failure(new IllegalStateException("broken"));
      }
      if (query instanceof Query.Products products) {
        return Uni.createFrom()
            .item(
                new Page<>(
                    stages.keySet().stream()
                        .skip(Math.max(0, products.paging().offset() - (repeating ? 1 : 0)))
                        .limit(products.paging().limit())
                        .map(FakeNcp::product)
                        .toList(),
                    stages.size()));
      }
      Query.Apis apis = (Query.Apis) query;
      String product = apis.productId();
      assertThat(Ids.isValid(product)).as(product).isTrue();
      UpstreamFailure failure =
          apis.paging().limit() > mostApis
              ? CatalogTest.answer(200, ErrorCode.UPSTREAM_OVERSIZED)
              : failures.get(product);
      return failure != null
          ? Uni.createFrom().failure(failure)
          : Uni.createFrom()
              .item(new Page<>(List.of(api(product.replace('p', 'a'), stages.get(product))), 1));
    }

    private static Product product(String id) {
      return new Product(id, id, null, null, null, null, null);
    }

    private static Api api(String id, List<String> stages) {
      return new Api(
          id,
          id,
          null,
          null,
          stages.stream().map(s -> s == null ? null : new Stage(s, s, id, null)).toList());
    }
  }

  private static final class Config implements CatalogConfig {
    @Override
    public Duration timeToLive() {
      return Duration.ofMinutes(5);
    }

    @Override
    public Duration missTimeToLive() {
      return Duration.ofSeconds(60);
    }
  }
}
