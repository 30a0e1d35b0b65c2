package io.planwarden.usageplan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.planwarden.change.ChangeConfig;
import io.planwarden.change.Image;
import io.planwarden.change.Options;
import io.planwarden.change.Precondition;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.Conditions;
import io.planwarden.request.EntityTags;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * Versions of representations: strong entity tags, and the conditions that callers make of them.
 * Thread-safe.
 */
@Singleton
class Versions {
  private final ObjectMapper json;
  private final ChangeConfig config;
  // By identity; what nobody else keeps any more is left out.
  private final Cache<Object, Version> kept =
      Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

  Versions(ObjectMapper json, ChangeConfig config) {
    this.json = json;
    this.config = config;
  }

  /** A representation, written. */
  Version of(Object representation) {
    try {
      return new Version(json.writeValueAsBytes(representation));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("representations are plain JSON", e);
    }
  }

  /** One that others were given or will be given too: it is not written for each of them. */
  Version ofKept(Object representation) {
    return kept.get(representation, this::of);
  }

  /** The answer to a read: the representation, or that the caller has this version already. */
  static ResponseBuilder<byte[]> answer(List<String> ifNoneMatch, Version version) {
    String tag = version.tag();
    // Nearly everybody who asks so sends the one tag back that was given out.
    boolean known = ifNoneMatch.equals(List.of(tag)) || isAmong(ifNoneMatch, tag);
    ResponseBuilder<byte[]> answer =
        known ? ResponseBuilder.notModified() : ResponseBuilder.ok(version.body());
    return answer.header("ETag", tag);
  }

  private static boolean isAmong(List<String> ifNoneMatch, String tag) {
    return EntityTags.parse(Conditions.IF_NONE_MATCH, ifNoneMatch)
        .map(tags -> tags.hasWeakly(tag))
        .orElse(false);
  }

  /**
   * A change under the caller's condition, if it made one.
   *
   * @param representation what the caller is shown of an image
   * @throws FacadeException {@code precondition-required} where configuration demands one
   */
  Options under(List<String> ifMatch, Function<Image, Object> representation) {
    Optional<EntityTags> wanted = EntityTags.parse(Conditions.IF_MATCH, ifMatch);
    if (wanted.isEmpty() && config.requireIfMatch()) {
      throw new FacadeException(
          ErrorCode.PRECONDITION_REQUIRED, "This change is made only under If-Match.");
    }
    return wanted
        .map(tags -> new Precondition(tags, image -> of(representation.apply(image)).tag()))
        .map(Options.NONE::withIfMatch)
        .orElse(Options.NONE);
  }
}
