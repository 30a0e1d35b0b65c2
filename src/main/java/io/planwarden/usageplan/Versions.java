package io.planwarden.usageplan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.planwarden.change.ChangeConfig;
import io.planwarden.change.Image;
import io.planwarden.change.Options;
import io.planwarden.change.Precondition;
import io.planwarden.problem.ErrorCode;
import io.planwarden.problem.FacadeException;
import io.planwarden.request.Conditions;
import io.planwarden.request.EntityTags;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
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
  private static final int BYTES = 16;

  private final ObjectMapper json;
  private final ChangeConfig config;

  Versions(ObjectMapper json, ChangeConfig config) {
    this.json = json;
    this.config = config;
  }

  /** The tag of a representation: the beginning of the SHA-256 of its bytes as they are sent. */
  String tag(Object representation) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(representation));
      return '"' + HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES)) + '"';
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException("every Java platform has SHA-256, and this is plain JSON", e);
    }
  }

  /** The answer to a read: the representation, or that the caller has this version already. */
  <T> ResponseBuilder<T> answer(List<String> ifNoneMatch, T representation) {
    String tag = tag(representation);
    // Nearly everybody who asks so sends the one tag back that was given out.
    boolean known = ifNoneMatch.equals(List.of(tag)) || isAmong(ifNoneMatch, tag);
    ResponseBuilder<T> answer =
        known ? ResponseBuilder.notModified() : ResponseBuilder.ok(representation);
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
        .map(tags -> new Precondition(tags, image -> tag(representation.apply(image))))
        .map(Options.NONE::withIfMatch)
        .orElse(Options.NONE);
  }
}
