package io.planwarden.ncp;

import io.planwarden.gateway.Ids;
import io.planwarden.gateway.Paging;
import io.planwarden.gateway.StageRef;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Builds a request target: the very text that is signed and that goes on the request line. */
final class Target {
  private final StringBuilder text = new StringBuilder("/api/v1");
  private char separator = '?';

  private Target() {}

  static Target to(String segment) {
    return new Target().then(segment);
  }

  static Target stage(StageRef stage) {
    return to("products")
        .id(stage.productId())
        .then("apis")
        .id(stage.apiId())
        .then("stages")
        .id(stage.stageId());
  }

  /** Callers have validated ids; anything else here could change which object is meant. */
  static String validId(String id) {
    if (!Ids.isValid(id)) {
      throw new IllegalArgumentException("An NCP id " + Ids.RULE);
    }
    return id;
  }

  Target then(String segment) {
    text.append('/').append(segment);
    return this;
  }

  Target id(String id) {
    return then(validId(id));
  }

  Target with(String name, String value) {
    text.append(separator).append(name).append('=').append(encoded(value));
    separator = '&';
    return this;
  }

  Target with(Paging paging) {
    return with("offset", Long.toString(paging.offset()))
        .with("limit", Integer.toString(paging.limit()));
  }

  // URLEncoder writes forms, where a space is a plus; in a request target a plus is a plus.
  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
