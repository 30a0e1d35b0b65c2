package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.storage.TestStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditQueryTest {
  @TempDir Path folder;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private Audit audit;
  private AuditQuery query;

  @BeforeEach
  void start() {
    TestStore database = TestStore.Kind.SQLITE.open(folder.resolve("query.db"));
    OneStore store =
        new OneStore(database) {
          @Override
          public Connection reader() throws SQLException {
            return heard(super.reader());
          }
        };
    audit = store.audit(timer);
    query = new AuditQuery(store, new TermIndex(store, audit));
    for (int i = 1; i <= 6; i++) {
      audit.append(WriterFixture.intent("op" + i), null).await().atMost(Duration.ofSeconds(20));
    }
  }

  @AfterEach
  void stop() throws Exception {
    audit.stop(null);
    timer.shutdownNow();
  }

  @Test
  void pages_endWithTheFirstRow() {
    assertThat(list(AuditFilter.ALL, Long.MAX_VALUE, 4).next()).isEqualTo(3);
    assertThat(list(AuditFilter.ALL, 3, 2).items()).extracting(AuditRow::seq).contains(2L, 1L);
    assertThat(list(AuditFilter.ALL, 3, 2).next()).isNull();
    assertThat(list(AuditFilter.ALL, Long.MAX_VALUE, 6).next()).isNull();
  }

  @Test
  void listWithoutTimes_doesNotAskForTheFirstRow() {
    list(AuditFilter.ALL, Long.MAX_VALUE, 4);
    list(AuditFilter.ALL.with(Term.PLAN, "plan1"), Long.MAX_VALUE, 4);

    assertThat(asked).isNotEmpty().noneMatch(sql -> sql.contains("min(seq)"));
  }

  private AuditQuery.Page<AuditRow> list(AuditFilter filter, long before, int limit) {
    return query.list(filter, before, limit).await().atMost(Duration.ofSeconds(20));
  }

  private Connection heard(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                asked.add(String.valueOf(arguments[0]));
              }
              return method.invoke(connection, arguments);
            });
  }
}
