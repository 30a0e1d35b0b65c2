package io.planwarden.usageplan;

import io.planwarden.change.Preview;
import io.planwarden.usage.Impact;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The answer to a dry run. */
@Schema(name = "Preview", description = "What a change would do if it were made now.")
record PreviewBody(
    @Schema(description = "What NCP holds, by NCP's field names; left out if nothing")
        @Nullable Map<String, Object> before,
    @Schema(description = "What it would hold, as far as the change decides it")
        @Nullable Map<String, Object> after,
    @Schema(
            required = true,
            description = "The members that would differ; empty if it is so already")
        List<String> changed,
    @Schema(description = "Members of which only NCP's answer would tell what becomes of them")
        @Nullable List<String> uncertain,
    @Schema(description = "Members that somebody else changed since Planwarden last saw the target")
        @Nullable List<String> changedOutside,
    @Nullable Impact impact) {
  static PreviewBody of(Preview preview, @Nullable Impact impact) {
    return new PreviewBody(
        preview.before(),
        preview.after(),
        preview.changed(),
        preview.uncertain(),
        preview.changedOutside(),
        impact);
  }
}
