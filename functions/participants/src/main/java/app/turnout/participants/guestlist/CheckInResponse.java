package app.turnout.participants.guestlist;

import app.turnout.platform.attendance.CheckedInBy;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// When somebody came, and who says so.
///
/// @param byKind whether an account, an API key or their own arrival checked them in; not told to
///   themselves
/// @param by the account's or API key's id; not told to themselves
@Serdeable
public record CheckInResponse(
    OffsetDateTime at, CheckedInBy.@Nullable Kind byKind, @Nullable UUID by) {
  static @Nullable CheckInResponse of(Participant.@Nullable CheckIn checkIn) {
    if (checkIn == null) {
      return null;
    }
    CheckedInBy by = checkIn.by();
    return new CheckInResponse(
        checkIn.at().atOffset(ZoneOffset.UTC),
        by == null ? null : by.kind(),
        by == null ? null : by.id());
  }

  CheckInResponse withoutBy() {
    return new CheckInResponse(at, null, null);
  }
}
