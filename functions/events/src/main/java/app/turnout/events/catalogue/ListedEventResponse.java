package app.turnout.events.catalogue;

import app.turnout.events.planning.EventStatus;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A public event in a list, with the date that was looked for: the first one that ends after
/// `from`, else after now.
///
/// @param slug stands in addresses as well as the id
/// @param type `demand` or `periodic`
/// @param status that of the date
/// @param priceMin the lowest; null where nothing is sold
/// @param distanceMetres from `near`; null without
@Serdeable
record ListedEventResponse(
    UUID id,
    String slug,
    CatalogueOrganizationResponse organization,
    String title,
    String language,
    @Nullable String category,
    String type,
    EventStatus status,
    @Nullable String imageUrl,
    boolean isFree,
    @Nullable CataloguePriceResponse priceMin,
    @Nullable CataloguePriceResponse priceMax,
    @Nullable OffsetDateTime registrationDeadline,
    boolean registrationOpen,
    CatalogueDateResponse date,
    @Nullable Long distanceMetres) {
  static ListedEventResponse of(ListedEvent event, Instant now) {
    EventStatus status =
        event.status().equals("cancelled") ? EventStatus.CANCELLED : event.date().statusAt(now);
    return new ListedEventResponse(
        event.id().value(),
        event.slug(),
        new CatalogueOrganizationResponse(event.organization(), event.organizationName()),
        event.title(),
        event.language(),
        event.category(),
        event.type(),
        status,
        event.imageUrl(),
        event.priceMax() == 0,
        CataloguePriceResponse.of(event.priceMin(), event.currency()),
        CataloguePriceResponse.of(event.priceMax(), event.currency()),
        event.registrationDeadline() == null
            ? null
            : event.registrationDeadline().atOffset(ZoneOffset.UTC),
        Registration.isOpen(
            status, event.registrationDeadline(), event.registrationClosedAt(), now),
        CatalogueDateResponse.of(event.date(), now),
        event.metres() == null ? null : (Long) Math.round(event.metres()));
  }
}
