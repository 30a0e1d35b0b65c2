package io.planwarden.ncp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  private static final String VALUE = "exampleSecretKey0000000000000000000000001";

  @Test
  void text_showsNoKey() {
    Credentials credentials = new Credentials("EXAMPLEACCESSKEY0001", new Secret(VALUE));

    assertThat(credentials.toString()).isEqualTo("Credentials[***]");
    assertThat(new Secret(VALUE)).hasToString("***");
  }

  @Test
  void json_showsNoSecret() throws Exception {
    Credentials credentials = new Credentials("EXAMPLEACCESSKEY0001", new Secret(VALUE));

    assertThat(new ObjectMapper().writeValueAsString(credentials))
        .isEqualTo("{\"accessKey\":\"EXAMPLEACCESSKEY0001\",\"secretKey\":\"***\"}");
  }

  @Test
  void equalPairs_areEqual() {
    assertThat(new Secret(VALUE)).isEqualTo(new Secret(VALUE)).hasSameHashCodeAs(new Secret(VALUE));
    assertThat(new Secret(VALUE)).isNotEqualTo(new Secret(VALUE + "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "A\nB", "A B", "열쇠"})
  void accessKeyThatIsNoHeader_isRefusedWithoutShowingIt(String accessKey) {
    Secret secret = new Secret(VALUE);

    assertThatThrownBy(() -> new Credentials(accessKey, secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The access key must be 1 to 128 visible ASCII characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "canary\n", "canary\r\n", " canary", "can ary", "열쇠"})
  void secretKeyThatIsNone_isRefusedWithoutShowingIt(String secretKey) {
    assertThatThrownBy(() -> new Secret(secretKey))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The secret key must be 1 to 256 visible ASCII characters");
  }
}
