package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassageTest {

  private final TestPassage passage = new TestPassage();

  @Test
  void answeredInPlace_noEffectButCounted() {
    Interference busy = errand -> Future.succeededFuture(new Reply.Empty(503));

    Future<Reply> reply = passage.delete(busy);

    assertEquals(503, reply.result().status());
    assertEquals(0, passage.rows().size());
    assertEquals(503, passage.lastCall().getInteger("status"));
  }

  @Test
  void answerLost_effectStays() {
    Interference lost =
        errand -> {
          errand.perform();
          return Future.succeededFuture(Reply.Lost.CLOSED);
        };

    passage.delete(lost);

    assertEquals(1, passage.rows().size());
    assertFalse(passage.lastCall().containsKey("status"));
  }

  @Test
  void effectLate_rowAppearsThen() {
    List<Errand> held = new ArrayList<>();
    Interference late =
        errand -> {
          held.add(errand);
          return Future.succeededFuture(new Reply.Empty(504));
        };

    passage.delete(late);

    assertEquals(0, passage.rows().size());
    assertEquals(204, held.get(0).perform().status());
    assertEquals(1, passage.rows().size());
  }

  @Test
  void pretended_answeredAsIfDone() {
    Interference pretending = errand -> Future.succeededFuture(errand.pretend());

    assertEquals(204, passage.delete(pretending).result().status());
    assertEquals(0, passage.rows().size());
  }
}
