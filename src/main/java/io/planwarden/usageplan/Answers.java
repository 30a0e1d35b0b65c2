package io.planwarden.usageplan;

import io.planwarden.change.Done;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** What every answer to a change carries. */
final class Answers {
  private Answers() {}

  static ResponseBuilder<Void> empty(Done done) {
    return marked(ResponseBuilder.noContent(), done);
  }

  static <T> ResponseBuilder<T> ok(Done done, T body) {
    return marked(ResponseBuilder.ok(body), done);
  }

  static <T> ResponseBuilder<T> created(Done done, String location, T body) {
    return marked(ResponseBuilder.<T>create(RestResponse.Status.CREATED).entity(body), done)
        .header("Location", location);
  }

  private static <T> ResponseBuilder<T> marked(ResponseBuilder<T> answer, Done done) {
    done.headers().forEach(answer::header);
    return answer;
  }

  /** Tells how old an answer is, if it was not read for this request. */
  static <T> ResponseBuilder<T> aged(
      ResponseBuilder<T> answer, Optional<Instant> readAt, Instant now) {
    readAt.ifPresent(
        at -> answer.header("Age", Math.max(0, Duration.between(at, now).toSeconds())));
    return answer;
  }
}
