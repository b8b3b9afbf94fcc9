package app.turnout.messaging.relay.mail;

import app.turnout.domain.OrganizationId;
import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxMessage;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Dates of an event changed by one edit: everyone who is expected at some of them gets one mail,
/// which says which. A page of people a transaction.
@Singleton
final class DatesChangedDelivery implements Delivery {
  static final String KIND = "dates_changed";
  private static final int PAGE = 200;

  private final ChangedDates dates;
  private final Outbox outbox;

  DatesChangedDelivery(ChangedDates dates, Outbox outbox) {
    this.dates = dates;
    this.outbox = outbox;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    OrganizationId organization = new OrganizationId(message.payloadId("organization_id"));
    UUID event = message.payloadId("event_id");
    UUID after = message.payload().get("after") == null ? null : message.payloadId("after");
    Map<UUID, String> before = starts(message.payload().get("dates"));
    List<ChangedDates.Person> page = dates.listPeople(before.keySet(), after, PAGE);
    for (ChangedDates.Person person : page) {
      Map<String, String> rows = new HashMap<>();
      person.rows().forEach((row, date) -> rows.put(row.toString(), before.getOrDefault(date, "")));
      outbox.write(
          organization,
          DatesChangedMail.KIND,
          "participant:" + person.first(),
          Map.of("participants", rows));
    }
    if (page.size() == PAGE) {
      Map<String, String> all = new HashMap<>();
      before.forEach((date, start) -> all.put(date.toString(), start));
      outbox.write(
          organization,
          KIND,
          "event:" + event,
          Map.of(
              "organization_id",
              organization.value(),
              "event_id",
              event,
              "dates",
              all,
              "after",
              page.getLast().first()));
    }
    return new DeliveryOutcome.Accepted();
  }

  /// Times by ids.
  static Map<UUID, String> starts(@Nullable JsonNode node) {
    Map<UUID, String> starts = new HashMap<>();
    if (node != null && node.isObject()) {
      node.entries()
          .forEach(
              entry ->
                  starts.put(UUID.fromString(entry.getKey()), entry.getValue().getStringValue()));
    }
    return starts;
  }
}
