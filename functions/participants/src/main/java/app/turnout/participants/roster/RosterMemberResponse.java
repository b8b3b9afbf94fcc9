package app.turnout.participants.roster;

import app.turnout.domain.TravelMode;
import app.turnout.platform.attendance.ParticipantDetails;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Somebody who belongs to a recurring event.
///
/// @param note for the organisers only
/// @param tags for the organisers only
@Serdeable
record RosterMemberResponse(
    UUID id,
    UUID eventId,
    String name,
    @Nullable String phone,
    @Nullable String email,
    String locale,
    @Nullable String note,
    List<String> tags,
    TravelMode travelMode,
    Dates dates,
    OffsetDateTime createdAt) {
  RosterMemberResponse {
    tags = List.copyOf(tags);
  }

  /// The dates that are not over.
  ///
  /// @param expected at so many they are a participant
  /// @param missing at so many they are none yet: it is about to be done, or the organization's
  ///   plan has no place left there
  @Serdeable
  record Dates(int expected, int missing) {}

  static RosterMemberResponse of(RosterMember member) {
    ParticipantDetails details = member.details();
    return new RosterMemberResponse(
        member.id(),
        member.event().value(),
        details.name(),
        details.phone(),
        details.email(),
        details.locale(),
        details.note(),
        details.tags(),
        details.travelMode(),
        new Dates(member.expectedDates(), member.missingDates()),
        member.createdAt().atOffset(ZoneOffset.UTC));
  }
}
