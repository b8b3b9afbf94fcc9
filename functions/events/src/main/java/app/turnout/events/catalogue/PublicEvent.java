package app.turnout.events.catalogue;

import app.turnout.domain.EventId;
import app.turnout.events.planning.Translation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// All that everybody may read of an event, but its dates.
///
/// @param place the event's own; a date may have another
/// @param priceMin in minor units of the currency; 0 is free
/// @param currency null where nothing is sold
/// @param ticketTypes empty where there is only general admission
record PublicEvent(
    EventId id,
    String slug,
    UUID organization,
    String organizationName,
    String title,
    @Nullable String description,
    String language,
    Map<String, Translation> translations,
    @Nullable String category,
    String type,
    String status,
    @Nullable String imageUrl,
    String timeZone,
    PublicPlace place,
    @Nullable Integer capacity,
    long priceMin,
    long priceMax,
    @Nullable String currency,
    List<PublicTicketType> ticketTypes,
    @Nullable Instant registrationDeadline,
    @Nullable Instant registrationClosedAt,
    Instant updatedAt) {
  PublicEvent {
    translations = Map.copyOf(translations);
    ticketTypes = List.copyOf(ticketTypes);
  }
}
