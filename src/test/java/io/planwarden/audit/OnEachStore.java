package io.planwarden.audit;

import io.planwarden.storage.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A writer on each kind of store, which can be made to fail. */
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
abstract class OnEachStore {
  @Parameter TestStore.Kind kind;
  @TempDir Path folder;
  TestStore database;
  FaultyStore store;
  WriterFixture audit;

  @BeforeEach
  void start() {
    database = kind.open(folder.resolve("a.db"));
    store = new FaultyStore(database, database.writer());
    audit = new WriterFixture(database, store);
  }

  @AfterEach
  void stop() {
    store.flow();
    audit.close();
  }
}
