package app.turnout.events.catalogue;

import app.turnout.events.planning.EventStatus;
import app.turnout.events.planning.Translation;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What everybody may know of an event.
///
/// @param slug stands in addresses as well as the id; former ones go on working
/// @param translations title and description in other languages, by their codes (ISO 639)
/// @param type `demand` or `periodic`
/// @param status of the event: that of its next date, else of the last one
/// @param place where its dates take place, unless they say otherwise
/// @param priceMin the lowest; null where nothing is sold
/// @param ticketTypes general admission alone where nothing else is said
/// @param dates the first 20 that are not over; when all are over, the last one
/// @param hasMoreDates whether there are others, in the list of its dates
@Serdeable
record CatalogueEventResponse(
    UUID id,
    String slug,
    CatalogueOrganizationResponse organization,
    String title,
    @Nullable String description,
    String language,
    Map<String, Translation> translations,
    @Nullable String category,
    String type,
    EventStatus status,
    @Nullable String imageUrl,
    String timeZone,
    @Nullable CataloguePlaceResponse place,
    @Nullable Integer capacity,
    boolean isFree,
    @Nullable CataloguePriceResponse priceMin,
    @Nullable CataloguePriceResponse priceMax,
    List<CatalogueTicketTypeResponse> ticketTypes,
    @Nullable OffsetDateTime registrationDeadline,
    boolean registrationOpen,
    List<CatalogueDateResponse> dates,
    boolean hasMoreDates,
    OffsetDateTime updatedAt) {
  /// The most dates that come along with an event.
  static final int DATES = 20;

  CatalogueEventResponse {
    translations = Map.copyOf(translations);
    ticketTypes = List.copyOf(ticketTypes);
    dates = List.copyOf(dates);
  }

  /// @param dates one more than [#DATES] when there are more
  static CatalogueEventResponse of(PublicEvent event, List<PublicDate> dates, Instant now) {
    EventStatus status = status(event, dates, now);
    List<PublicDate> shown = dates.subList(0, Math.min(DATES, dates.size()));
    return new CatalogueEventResponse(
        event.id().value(),
        event.slug(),
        new CatalogueOrganizationResponse(event.organization(), event.organizationName()),
        event.title(),
        event.description(),
        event.language(),
        event.translations(),
        event.category(),
        event.type(),
        status,
        event.imageUrl(),
        event.timeZone(),
        CataloguePlaceResponse.of(event.place()),
        event.capacity(),
        event.priceMax() == 0,
        CataloguePriceResponse.of(event.priceMin(), event.currency()),
        CataloguePriceResponse.of(event.priceMax(), event.currency()),
        event.ticketTypes().isEmpty()
            ? List.of(CatalogueTicketTypeResponse.GENERAL_ADMISSION)
            : event.ticketTypes().stream().map(CatalogueTicketTypeResponse::of).toList(),
        event.registrationDeadline() == null
            ? null
            : event.registrationDeadline().atOffset(ZoneOffset.UTC),
        Registration.isOpen(
            status, event.registrationDeadline(), event.registrationClosedAt(), now),
        shown.stream().map(date -> CatalogueDateResponse.of(date, event, now)).toList(),
        dates.size() > DATES,
        event.updatedAt().atOffset(ZoneOffset.UTC));
  }

  private static EventStatus status(PublicEvent event, List<PublicDate> dates, Instant now) {
    if (event.status().equals("cancelled")) {
      return EventStatus.CANCELLED;
    }
    if (event.status().equals("completed")) {
      return EventStatus.COMPLETED;
    }
    return dates.stream()
        .map(date -> date.statusAt(now))
        .filter(status -> status != EventStatus.CANCELLED)
        .findFirst()
        .orElse(dates.isEmpty() ? EventStatus.COMPLETED : EventStatus.CANCELLED);
  }
}
