package app.turnout.participants.guestlist;

import app.turnout.domain.TravelMode;
import app.turnout.platform.attendance.ParticipantStatus;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The date that a participant is expected at, as they may see it.
///
/// @param email where they hear of changes; null when it is not known
/// @param travelMode how they come
/// @param checkedInAt null while they are not checked in
/// @param place null when nobody said where
@Serdeable
record MyDateResponse(
    UUID participantId,
    String name,
    @Nullable String email,
    String locale,
    ParticipantStatus status,
    TravelMode travelMode,
    @Nullable OffsetDateTime checkedInAt,
    ConsentResponse consent,
    MyEvent event,
    MyOccurrence occurrence,
    @Nullable MyPlace place,
    MyTracking tracking) {

  /// What is announced: of the event, unless the date says it for itself.
  ///
  /// @param organizer the organization's name
  /// @param language of title, description and consent text
  /// @param translations by language
  /// @param consentText what the organiser says of being located; null when nothing
  /// @param checkInOnArrival whether who is located is checked in by coming near
  /// @param positionsVisibleTo to whom who consents now is shown: `organisers` alone, or
  ///   `participants` too
  @Serdeable
  record MyEvent(
      UUID id,
      String organizer,
      String title,
      @Nullable String description,
      String language,
      Map<String, Words> translations,
      @Nullable String consentText,
      boolean checkInOnArrival,
      String positionsVisibleTo) {
    MyEvent {
      translations = Map.copyOf(translations);
    }
  }

  /// Title and description in one language.
  @Serdeable
  record Words(String title, @Nullable String description) {}

  /// When it is.
  ///
  /// @param startsAt with the offset that the zone has then, like all times here
  /// @param cancellationReason null when it takes place, and when none was given
  @Serdeable
  record MyOccurrence(
      UUID id,
      OffsetDateTime startsAt,
      OffsetDateTime endsAt,
      String timeZone,
      DateStatus status,
      @Nullable String cancellationReason) {}

  /// Where it is.
  @Serdeable
  record MyPlace(
      @Nullable String name,
      @Nullable String address,
      @Nullable String city,
      @Nullable Double latitude,
      @Nullable Double longitude) {}

  /// When positions are taken of who consented.
  ///
  /// @param closesAt at the latest; with the check-in, if that comes before
  /// @param isOpen whether it is so now
  @Serdeable
  record MyTracking(OffsetDateTime opensAt, OffsetDateTime closesAt, boolean isOpen) {}
}
