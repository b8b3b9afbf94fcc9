package app.turnout.participants.guestlist;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Whether positions may be taken.
@Serdeable
public record ConsentResponse(boolean granted, @Nullable OffsetDateTime changedAt) {
  static ConsentResponse of(Consent consent) {
    Instant changedAt = consent.changedAt();
    return new ConsentResponse(
        consent.granted(), changedAt == null ? null : changedAt.atOffset(ZoneOffset.UTC));
  }
}
