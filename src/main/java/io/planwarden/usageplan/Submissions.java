package io.planwarden.usageplan;

import io.planwarden.change.Changes;
import io.planwarden.change.Done;
import io.planwarden.change.Options;
import io.planwarden.change.Origin;
import io.planwarden.change.Preview;
import io.planwarden.change.Wish;
import io.planwarden.usage.Impact;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/** Hands changes over, to be made or to be tried. Thread-safe. */
@Singleton
class Submissions {
  private final Changes changes;

  Submissions(Changes changes) {
    this.changes = changes;
  }

  /** Makes the change and answers as told; or tries it and answers with what it would do. */
  Uni<RestResponse<?>> submit(
      Wish wish,
      Options options,
      Origin origin,
      DryRun dryRun,
      Function<Done, RestResponse<?>> answer) {
    return submit(wish, options, origin, dryRun, answer, preview -> Uni.createFrom().nullItem());
  }

  /**
   * The same where the impact can be asked for.
   *
   * @param impact finds it
   */
  Uni<RestResponse<?>> submit(
      Wish wish,
      Options options,
      Origin origin,
      DryRun dryRun,
      Function<Done, RestResponse<?>> answer,
      Function<Preview, Uni<Impact>> impact) {
    return dryRun.asked()
        ? changes
            .preview(wish, options, origin)
            .chain(
                preview ->
                    (dryRun.impact() ? impact.apply(preview) : Uni.createFrom().<Impact>nullItem())
                        .map(found -> RestResponse.ok(PreviewBody.of(preview, found))))
        : changes.apply(wish, options, origin).map(answer);
  }
}
