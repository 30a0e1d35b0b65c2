package io.planwarden.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerNetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.1.2.3",
    "::ffff:10.1.2.3, 10.1.2.3",
    "2001:db8:1:2::1, 20010db800010002/64",
    "2001:db8:1:2:ffff:ffff:ffff:ffff, 20010db800010002/64",
    "2001:db8:1:3::1, 20010db800010003/64",
    "fe80:0:0:0:0:0:0:1%eth0, fe80000000000000/64",
    "0:0:0:0:0:0:0:1, 0000000000000000/64",
    "a-name, unknown",
  })
  void address_isToldAsFarAsACallerCannotChooseIt(String address, String network) {
    assertThat(PeerNetwork.of(address)).isEqualTo(network);
  }

  @Test
  void noAddress_isUnknown() {
    assertThat(PeerNetwork.of(null)).isEqualTo("unknown");
  }

  @Test
  void share_isTheIdOnlyIfItWasProved() {
    assertThat(Caller.proved("billing", "token", "10.1.2.3", Set.of(), null).share())
        .isEqualTo("token:billing");
    assertThat(new Caller("billing", "none", false, "10.1.2.3", Set.of(), null).share())
        .isEqualTo("peer:10.1.2.3");
    assertThat(Caller.anonymous("10.1.2.4").share()).isEqualTo("peer:10.1.2.4");
  }
}
