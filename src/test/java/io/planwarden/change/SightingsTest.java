package io.planwarden.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.planwarden.gateway.Change;
import io.planwarden.gateway.Limits;
import io.planwarden.gateway.PlanSettings;
import io.planwarden.gateway.StageRef;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What NCP shows of a target that was changed a moment ago may be a state that it had before. */
class SightingsTest {
  private static final Course PLAN =
      new PlanEdit(
          new Change.EditPlan(
              "planopen01", new PlanSettings("A", null, new Limits(1, null, null, null))),
          new FakeGateway());
  private static final Image ONE = Image.of(Map.of("rateRps", 1L));
  private static final Image TWO = Image.of(Map.of("rateRps", 2L));
  private static final Image THREE = Image.of(Map.of("rateRps", 3L));

  private final VirtualTime time = new VirtualTime();
  private final Sightings sightings = new Sightings(time.clock(), Duration.ofSeconds(30));
  private long changes;

  @Test
  void stateThatComesAgain_isFormerFromItsLastEndOn() {
    sightings.see(PLAN, ONE);
    change(ONE, TWO);
    after(20);
    change(TWO, ONE);
    after(1);
    change(ONE, TWO);
    after(25);

    assertThat(isBehind(ONE)).isTrue();
    after(5);
    assertThat(isBehind(ONE)).isFalse();
    assertThat(sightings.changedOutside(PLAN, ONE)).containsExactly("rateRps");
  }

  @Test
  void manyEditsBetweenTwoStates_hideNoOther() {
    sightings.see(PLAN, THREE);
    change(THREE, ONE);
    for (int i = 0; i < 200; i++) {
      change(ONE, TWO);
      change(TWO, ONE);
    }

    assertThat(isBehind(THREE)).isTrue();
  }

  @Test
  void whatWasNotRead_mayHaveBeenAnythingButWhatWeLeftAMomentAgo() {
    sightings.see(PLAN, ONE);
    after(60);
    change(Image.UNREAD, TWO);
    assertThat(isBehind(THREE)).isTrue();
    assertThat(isBehind(TWO)).isFalse();
    assertThat(isBehind(Image.ABSENT)).isFalse();
    after(29);
    change(Image.UNREAD, ONE);
    after(1);

    assertThat(isBehind(TWO)).isTrue();
    assertThat(sightings.changedOutside(PLAN, THREE)).containsExactly("rateRps");
  }

  @Test
  void earlierChangeThatIsLearnedLater_replacesNothing() {
    change(2, TWO, THREE);
    after(1);
    change(1, ONE, TWO);

    assertThat(isBehind(THREE)).isFalse();
    assertThat(isBehind(TWO)).isTrue();
    assertThat(isBehind(ONE)).isTrue();
    after(29);
    assertThat(isBehind(TWO)).isFalse();
    after(1);
    assertThat(isBehind(ONE)).isFalse();
    assertThat(sightings.changedOutside(PLAN, THREE)).isEmpty();
    assertThat(sightings.changedOutside(PLAN, TWO)).containsExactly("rateRps");
  }

  @Test
  void whatAnEarlierChangeLeft_isPastAlthoughOneBetweenIsNotKnown() {
    change(3, TWO, THREE);
    change(1, TWO, ONE);

    assertThat(isBehind(ONE)).isTrue();
    assertThat(isBehind(THREE)).isFalse();
  }

  @Test
  void earlierChangeOfWhichNothingIsKnown_hidesNotWhatALaterOneLeft() {
    change(2, TWO, THREE);
    sightings.forget(PLAN, ONE, new Turn(1, time.now()));
    after(30);
    assertThat(sightings.changedOutside(PLAN, TWO)).containsExactly("rateRps");

    sightings.forget(PLAN, THREE, new Turn(3, time.now()));
    assertThat(sightings.changedOutside(PLAN, TWO)).isEmpty();
  }

  @Test
  void whatWasNotReadBeforeAnEarlierChange_mayHaveBeenAnything() {
    sightings.see(PLAN, ONE);
    change(2, TWO, THREE);

    change(1, Image.UNREAD, TWO);

    assertThat(isBehind(Image.of(Map.of("rateRps", 4L)))).isTrue();
    assertThat(isBehind(THREE)).isFalse();
  }

  @Test
  void seeingAndChangingManyRelations_forgetsNoPlan() {
    sightings.see(PLAN, ONE);
    Image unassigned = Image.of(Map.of());
    Image assigned = Image.of(Map.of("usagePlanId", "planopen01"));

    for (int i = 0; i < 10_000; i++) {
      Course assignment = assignment("key" + i);
      sightings.see(assignment, unassigned);
      sightings.change(assignment, unassigned, assigned, new Turn(++changes, time.now()));
    }

    assertThat(sightings.changedOutside(PLAN, TWO)).containsExactly("rateRps");
    assertThat(sightings.isBehind(assignment("key0"), unassigned, time.now())).isTrue();
  }

  private static Course assignment(String apiKeyId) {
    Change.AssignPlan change =
        new Change.AssignPlan(new StageRef("p", "a", "s"), apiKeyId, "planopen01");
    return new Assignment(change, new Listings(new FakeGateway(), null, null));
  }

  private void change(Image before, Image after) {
    change(++changes, before, after);
  }

  private void change(long number, Image before, Image after) {
    sightings.change(PLAN, before, after, new Turn(number, time.now()));
  }

  private boolean isBehind(Image seen) {
    return sightings.isBehind(PLAN, seen, time.now());
  }

  private void after(int seconds) {
    time.advance(Duration.ofSeconds(seconds));
  }
}
