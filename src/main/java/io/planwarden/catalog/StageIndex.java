package io.planwarden.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All stages as one reading found them, by id. A stage id may stand in several APIs: NCP does not
 * say that it is unique.
 *
 * @param readAt when the reading ended
 */
record StageIndex(Instant readAt, List<CatalogStage> stages, Map<String, List<CatalogStage>> byId) {
  static final StageIndex NEVER_READ = StageIndex.of(Instant.MIN, List.of());

  static StageIndex of(Instant readAt, List<CatalogStage> stages) {
    return new StageIndex(
        readAt,
        List.copyOf(stages),
        stages.stream().collect(Collectors.groupingBy(CatalogStage::stageId)));
  }

  List<CatalogStage> find(String stageId) {
    return byId.getOrDefault(stageId, List.of());
  }
}
