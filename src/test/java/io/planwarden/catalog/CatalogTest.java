package io.planwarden.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.planwarden.gateway.Api;
import io.planwarden.gateway.Call;
import io.planwarden.gateway.GatewayReads;
import io.planwarden.gateway.Page;
import io.planwarden.gateway.Product;
import io.planwarden.gateway.Query;
import io.planwarden.gateway.Reach;
import io.planwarden.gateway.Stage;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private final HandClock clock = new HandClock();
  private final FakeNcp ncp = new FakeNcp();
  private final Catalog catalog = new Catalog(ncp, new Config(), clock);

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
    clock.advance(Duration.ofSeconds(59));
    fails("nosuch0001", null, ErrorCode.STAGE_NOT_FOUND);
    assertThat(ncp.readings).isEqualTo(1);

    clock.advance(Duration.ofSeconds(2));
    fails("nosuch0001", null, ErrorCode.STAGE_NOT_FOUND);
    assertThat(ncp.readings).isEqualTo(2);
  }

  @Test
  void reading_isUsedUntilItIsTooOld() {
    resolve("stageone01", null);
    clock.advance(Duration.ofMinutes(4));
    resolve("stageone01", null);
    assertThat(ncp.readings).isEqualTo(1);

    clock.advance(Duration.ofMinutes(2));
    resolve("stageone01", null);
    assertThat(ncp.readings).isEqualTo(2);
  }

  @Test
  void knownStage_isBelievedWhileNcpDoesNotAnswer() {
    resolve("stageone01", null);
    clock.advance(Duration.ofMinutes(6));
    ncp.broken = true;

    assertThat(resolve("stageone01", null)).isEqualTo("p1:a1:stageone01");
    assertThatThrownBy(() -> resolve("nosuch0001", null)).hasMessage("broken");
  }

  @Test
  void manyAtOnce_shareOneReading() {
    ncp.held = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      catalog
          .resolve("stageone01", null, Reach.ALL)
          .subscribe()
          .with(ref -> answers.add(ref.toString()));
    }
    assertThat(answers).isEmpty();

    ncp.held.forEach(emitter -> emitter.complete(null));

    assertThat(answers).hasSize(10).containsOnly("p1:a1:stageone01");
    assertThat(ncp.readings).isEqualTo(1);
  }

  private String resolve(String reference, String product) {
    return catalog.resolve(reference, product, Reach.ALL).await().indefinitely().toString();
  }

  private void fails(String reference, String product, ErrorCode code) {
    assertThatThrownBy(() -> resolve(reference, product))
        .isInstanceOfSatisfying(FacadeException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  /** Two products, each with one API; one stage id stands in both. */
  private static final class FakeNcp implements GatewayReads {
    int readings;
    boolean broken;
    List<UniEmitter<? super Object>> held;

    @Override
    @SuppressWarnings("unchecked")
    public <T> Uni<T> read(Query<T> query, Call call) {
      if (broken) {
        return Uni.createFrom().failure(new IllegalStateException("broken"));
      }
      if (query instanceof Query.Products) {
        readings++;
        Uni<T> page = (Uni<T>) Uni.createFrom().item(page(product("p1"), product("p2")));
        return held == null
            ? page
            : Uni.createFrom().<Object>emitter(held::add).chain(nothing -> page);
      }
      String product = ((Query.Apis) query).productId();
      return (Uni<T>)
          Uni.createFrom()
              .item(
                  product.equals("p1")
                      ? page(api("a1", "stageone01", "stagesame1"))
                      : page(api("a2", "stagetwo01", "stagesame1")));
    }

    private static Product product(String id) {
      return new Product(id, id, null, null, null, null, null);
    }

    private static Api api(String id, String... stages) {
      return new Api(
          id, id, null, null, Arrays.stream(stages).map(s -> new Stage(s, s, id, null)).toList());
    }

    @SafeVarargs
    private static <T> Page<T> page(T... items) {
      return new Page<>(List.of(items), items.length);
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

  private static final class HandClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void advance(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
