package io.planwarden.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerBucketsTest {
  private final VirtualMeter time = new VirtualMeter();

  @Test
  void headers_haveTheFormOfTheDraft() {
    CallerBuckets buckets = buckets();
    take(buckets, "a", Limit.CHANGES);
    time.advanceMillis(8_000);
    take(buckets, "a", Limit.CHANGES);
    time.advanceMillis(5_000);

    Grant grant = take(buckets, "a", Limit.CHANGES);

    assertThat(grant.quota().policy()).isEqualTo("\"changes\";q=50;w=10");
    assertThat(grant.state()).isEqualTo("\"changes\";r=49;t=7");
  }

  @Test
  void readsAndChanges_areCountedApart() {
    CallerBuckets buckets = buckets();
    assertThat(granted(buckets, "a", Limit.CHANGES, 60)).isEqualTo(50);
    assertThat(granted(buckets, "a", Limit.READS, 600)).isEqualTo(500);
  }

  @Test
  void window_isGrantedInFullWhereverItBegins() {
    CallerBuckets buckets = buckets();
    int granted = 0;
    for (int second = 0; second < 100; second++) {
      granted += granted(buckets, "a", Limit.CHANGES, 20);
      time.advanceMillis(1_000);
    }

    assertThat(granted).isEqualTo(10 * 50);
  }

  @Test
  void renewal_isWhenTheNextIsGranted() {
    CallerBuckets buckets = buckets();
    granted(buckets, "a", Limit.CHANGES, 50);
    time.advanceMillis(3_400);

    Grant refused = take(buckets, "a", Limit.CHANGES);

    assertThat(refused.granted()).isFalse();
    assertThat(refused.renewal()).isEqualTo(Duration.ofMillis(6_600));
    assertThat(refused.state()).isEqualTo("\"changes\";r=0;t=7");
    time.advanceMillis(6_599);
    assertThat(take(buckets, "a", Limit.CHANGES).granted()).isFalse();
    time.advanceMillis(1);
    assertThat(take(buckets, "a", Limit.CHANGES).granted()).isTrue();
  }

  @Test
  void askingWhileRefused_doesNotPostponeTheRenewal() {
    CallerBuckets buckets = buckets();
    granted(buckets, "a", Limit.CHANGES, 50);
    for (int i = 0; i < 100; i++) {
      time.advanceMillis(100);
      granted(buckets, "a", Limit.CHANGES, i < 99 ? 10 : 0);
    }

    assertThat(take(buckets, "a", Limit.CHANGES).granted()).isTrue();
  }

  @Test
  void callers_haveEachTheirOwn() {
    CallerBuckets buckets = buckets();
    granted(buckets, "loud", Limit.CHANGES, 1_000);

    assertThat(take(buckets, "quiet", Limit.CHANGES).remaining()).isEqualTo(49);
  }

  @ParameterizedTest
  @CsvSource({"1, 50", "2, 25", "3, 16", "7, 7", "1000, 1"})
  void replicas_grantTogetherNoMoreThanTheLimit(int replicas, int each) {
    assertThat(granted(buckets("replicas", String.valueOf(replicas)), "a", Limit.CHANGES, 60))
        .isEqualTo(each);
  }

  @Test
  void zero_isNoLimit() {
    CallerBuckets buckets = buckets("changes", "0");

    assertThat(buckets.take("a", Limit.CHANGES)).isEmpty();
    assertThat(buckets.take("a", Limit.READS)).isPresent();
  }

  @Test
  void callersThatAreGone_areForgotten() {
    CallerBuckets buckets = buckets();
    IntStream.range(0, 500).forEach(i -> take(buckets, "a" + i, Limit.READS));
    assertThat(buckets.size()).isEqualTo(500);

    time.advanceMillis(10_000);

    assertThat(buckets.size()).isZero();
  }

  @Test
  void anyNumberOfCallers_takesNoMoreThanSoMuchMemory() {
    CallerBuckets buckets = buckets("callers", "100");
    IntStream.range(0, 100_000).forEach(i -> take(buckets, "a" + i, Limit.READS));

    assertThat(buckets.size()).isLessThanOrEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"reads, -1", "changes, 1000001", "replicas, 0", "callers, 0", "reads, many"})
  void impossibleSetting_isRefused(String name, String value) {
    assertThatThrownBy(() -> buckets(name, value))
        .hasStackTraceContaining("planwarden.ratelimit." + name);
  }

  private CallerBuckets buckets(String... keysAndValues) {
    return new CallerBuckets(config(keysAndValues), time);
  }

  private static RateLimitConfig config(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put("planwarden.ratelimit." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return new SmallRyeConfigBuilder()
        .withMapping(RateLimitConfig.class)
        .withDefaultValues(values)
        .build()
        .getConfigMapping(RateLimitConfig.class);
  }

  private static Grant take(CallerBuckets buckets, String share, Limit limit) {
    return buckets.take(share, limit).orElseThrow();
  }

  private static int granted(CallerBuckets buckets, String share, Limit limit, int times) {
    return (int)
        IntStream.range(0, times).filter(i -> take(buckets, share, limit).granted()).count();
  }
}
