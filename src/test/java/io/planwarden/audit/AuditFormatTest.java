package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.request.Caller;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The worked example of docs/audit-format.md is what the application writes. */
class AuditFormatTest {
  private static final Caller CALLER = new Caller("가나", "none", false, "127.0.0.1", Set.of(), null);
  private static final Map<String, Object> PLAN = Map.of("usagePlanId", "plan1wthl9");
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void workedExample_isRecomputed() throws Exception {
    List<String> blocks =
        Pattern.compile("```\\n(.*?)\\n```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs/audit-format.md")))
            .results()
            .map(block -> block.group(1))
            .toList();
    String first = Canonical.text(row(Phase.INTENT, null, null).linked(1, AT, Canonical.GENESIS));
    String hash = Canonical.hash(first);
    String second =
        Canonical.text(
            row(Phase.OUTCOME, Outcome.APPLIED, new Upstream(204, null, 1, 12L))
                .linked(2, AT.plusMillis(250), hash));

    assertThat(blocks)
        .containsExactly(first, hash, ExportLine.write(second, Canonical.hash(second)));
    assertThat(Files.readString(Path.of("docs/audit-format.md")))
        .contains("`2:" + Canonical.hash(second) + "`");
  }

  private static AuditRow row(Phase phase, Outcome outcome, Upstream upstream) {
    boolean ended = outcome != null;
    return AuditRowBuilder.builder()
        .phase(phase)
        .operationId("01ARZ3NDEKTSV4RRFFQ69G5FAV")
        .caller(CALLER)
        .action("delete-plan")
        .target(PLAN)
        .reason("a \"quoted\"\nline")
        .request(Map.of())
        .before(PLAN)
        .after(ended ? Map.of() : null)
        .changed(ended ? List.of("usagePlanId") : null)
        .outcome(outcome)
        .upstream(upstream)
        .deadline(ended ? null : AT.plusSeconds(30))
        .build();
  }
}
