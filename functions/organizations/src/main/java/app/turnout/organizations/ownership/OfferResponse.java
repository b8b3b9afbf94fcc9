package app.turnout.organizations.ownership;

import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/// An offer that is open: once accepted, `offered_to` is owner, and `offered_by` is admin.
@Serdeable
record OfferResponse(
    UUID organizationId,
    UUID offeredBy,
    UUID offeredTo,
    OffsetDateTime createdAt,
    OffsetDateTime expiresAt) {
  static OfferResponse of(Offer offer) {
    return new OfferResponse(
        offer.organization().value(),
        offer.by().value(),
        offer.to().value(),
        offer.createdAt().atOffset(ZoneOffset.UTC),
        offer.expiresAt().atOffset(ZoneOffset.UTC));
  }
}
