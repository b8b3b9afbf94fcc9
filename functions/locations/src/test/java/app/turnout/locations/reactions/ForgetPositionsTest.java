package app.turnout.locations.reactions;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.locations.TestTenant;
import app.turnout.platform.reactions.AreaEvent;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ForgetPositionsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Test
  void positionsOfWhoWasRemovedGoAndThoseOfOthersStay() {
    TestTenant tenant = new TestTenant(DATABASE.owner());
    UUID event = tenant.event(SettableTime.START, SettableTime.START.plus(Duration.ofHours(1)));
    UUID removed = tenant.consenting(event);
    UUID staying = tenant.consenting(event);
    Jdbi owner = Jdbi.create(DATABASE.owner());
    for (UUID participant : List.of(removed, staying)) {
      owner.useHandle(
          handle ->
              handle
                  .createUpdate(
                      """
                      insert into pings (
                        organization_id, occurrence_id, participant_id, recorded_at, received_at,
                        latitude, longitude, source)
                      values (:tenant, :event, :participant, :at, :at, 52, -8, 'json')
                      """)
                  .bind("tenant", tenant.id())
                  .bind("event", event)
                  .bind("participant", participant)
                  .bind("at", SettableTime.START.atOffset(ZoneOffset.UTC))
                  .execute());
    }
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("locations-events", DATABASE, TestDatabase.JOBS));
    properties.putAll(TestFunctions.aws());
    properties.put("turnout.queues.outbox", TestFunctions.queueUrl("outbox"));

    try (LocationsEventsFunction function = new LocationsEventsFunction(properties)) {
      ForgetPositions forget = function.context().getBean(ForgetPositions.class);
      AreaEvent told =
          new AreaEvent(
              "participant_removed",
              Map.of("participant_id", removed.toString(), "organization_id", "-"));
      forget.handle(told, () -> true);
      forget.handle(told, () -> true);
    }

    List<UUID> left =
        owner.withHandle(
            handle ->
                handle.createQuery("select participant_id from pings").mapTo(UUID.class).list());
    assertThat(left).containsExactly(staying);
  }
}
