package app.turnout.messaging.relay.mail;

import app.turnout.domain.OrganizationId;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxMessage;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Makes of one message about a date a message for each who is expected, a page a transaction: ten
/// thousand people are fifty small transactions, and one address that fails holds up nobody else.
@Singleton
final class TellExpected {
  private static final int PAGE = 200;

  private final ExpectedPeople people;
  private final Outbox outbox;

  TellExpected(ExpectedPeople people, Outbox outbox) {
    this.people = people;
    this.outbox = outbox;
  }

  /// @param message names the date by `occurrence_id`, and where the page before ended by `after`
  /// @param mail kind of each one's own message
  DeliveryOutcome tell(OutboxMessage message, String mail) {
    UUID occurrence = message.payloadId("occurrence_id");
    UUID after = message.payload().get("after") == null ? null : message.payloadId("after");
    return people
        .findOrganization(occurrence)
        .map(OrganizationId::new)
        .<DeliveryOutcome>map(
            organization -> {
              List<UUID> page = people.list(occurrence, after, PAGE);
              for (UUID participant : page) {
                outbox.write(
                    organization,
                    mail,
                    "participant:" + participant,
                    Map.of("participant_id", participant));
              }
              if (page.size() == PAGE) {
                outbox.write(
                    organization,
                    message.kind(),
                    "occurrence:" + occurrence,
                    Map.of("occurrence_id", occurrence, "after", page.getLast()));
              }
              return new DeliveryOutcome.Accepted();
            })
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("there is no such date any more"));
  }
}
