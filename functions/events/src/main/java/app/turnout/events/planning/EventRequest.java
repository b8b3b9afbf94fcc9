package app.turnout.events.planning;

import app.turnout.events.series.Part;
import app.turnout.events.series.RecurrenceBody;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an event is to be.
///
/// @param language of title and description, `en` when not given; ISO 639
/// @param translations title and description in other languages, by their codes
/// @param imageUrl https
/// @param areaId held at this area; not together with `position`
/// @param timeZone IANA name, such as `Europe/Dublin`
/// @param visibility `private` when not given
/// @param arrivalRadiusMetres 150 when not given
/// @param trackingOpensMinutesBefore 60 when not given
/// @param positionsVisibleTo `organisers` when not given; who consented before it was
///   `participants` is shown to organisers alone until they consent again
/// @param registrationDeadline nobody signs up from then on; not after the end
/// @param refundPolicy all until 24 hours before and half until 2 hours before, when not given
/// @param consentText what who lets themselves be located agrees to
/// @param confirmationMinutesBefore 1440 when not given
/// @param reminderMinutesBefore 120 when not given
/// @param locationMinutesBefore 60 when not given
/// @param recurrence needed where the type is `periodic`; then `starts_at` and `ends_at` are the
///   first date's, and that is the rule's first at or after `starts_at`
@Serdeable
record EventRequest(
    @NotBlank @Size(max = 200) String title,
    @Nullable @Size(max = 10_000) String description,
    @Nullable @Pattern(regexp = "[a-z]{2,3}") String language,
    @Nullable @Valid @Size(max = 20) Map<String, Translation> translations,
    @Nullable @Size(max = 100) String category,
    @Nullable EventType type,
    @Nullable @Size(max = 2_000) String imageUrl,
    @Nullable UUID areaId,
    @Nullable @Valid PositionBody position,
    @Nullable @Min(1) @Max(100_000) Integer arrivalRadiusMetres,
    @NotBlank @Size(max = 64) String timeZone,
    OffsetDateTime startsAt,
    OffsetDateTime endsAt,
    @Nullable Visibility visibility,
    @Nullable @Min(1) @Max(1_000_000) Integer capacity,
    @Nullable OffsetDateTime registrationDeadline,
    @Nullable @Valid RefundPolicy refundPolicy,
    @Nullable @Min(0) @Max(10_080) Integer trackingOpensMinutesBefore,
    @Nullable Boolean checkInOnArrival,
    @Nullable PositionsVisibleTo positionsVisibleTo,
    @Nullable @Size(max = 5_000) String consentText,
    @Nullable @Min(0) @Max(43_200) Integer confirmationMinutesBefore,
    @Nullable @Min(0) @Max(43_200) Integer reminderMinutesBefore,
    @Nullable @Min(0) @Max(43_200) Integer locationMinutesBefore,
    @Nullable @Valid RecurrenceBody recurrence) {
  static EventRequest of(Event event) {
    Occurrence occurrence = first(event);
    Announcement announcement = event.announcement();
    return new EventRequest(
        event.title(),
        event.description(),
        announcement.language(),
        announcement.translations(),
        event.category(),
        event.type(),
        announcement.imageUrl(),
        event.area() == null ? null : event.area().value(),
        event.area() != null || event.position() == null ? null : PositionBody.of(event.position()),
        event.arrivalRadiusMetres(),
        event.zone().getId(),
        occurrence.window().start().atZone(occurrence.zone()).toOffsetDateTime(),
        occurrence.window().end().atZone(occurrence.zone()).toOffsetDateTime(),
        event.visibility(),
        event.capacity(),
        announcement.registrationDeadline() == null
            ? null
            : announcement.registrationDeadline().atOffset(ZoneOffset.UTC),
        announcement.refundPolicy(),
        event.trackingOpensMinutesBefore(),
        event.checkInOnArrival(),
        event.positionsVisibleTo(),
        announcement.consentText(),
        announcement.confirmationMinutesBefore(),
        announcement.reminderMinutesBefore(),
        announcement.locationMinutesBefore(),
        event.part() == null ? null : RecurrenceBody.of(event.part()));
  }

  /// The one date, or the first of the part that goes on.
  private static Occurrence first(Event event) {
    Part part = event.part();
    Occurrence meant = event.occurrence();
    return part == null
        ? meant
        : new Occurrence(
            meant.id(),
            part.localStart(),
            part.localEnd(),
            part.zone(),
            meant.status(),
            meant.capacity());
  }

  /// The same at another time, lasting as long, with the deadline as long before.
  EventRequest at(OffsetDateTime start, String newTitle) {
    Duration shift = Duration.between(startsAt, start);
    return new EventRequest(
        newTitle,
        description,
        language,
        translations,
        category,
        type,
        imageUrl,
        areaId,
        position,
        arrivalRadiusMetres,
        timeZone,
        start,
        start.plus(Duration.between(startsAt, endsAt)),
        visibility,
        capacity,
        registrationDeadline == null ? null : registrationDeadline.plus(shift),
        refundPolicy,
        trackingOpensMinutesBefore,
        checkInOnArrival,
        positionsVisibleTo,
        consentText,
        confirmationMinutesBefore,
        reminderMinutesBefore,
        locationMinutesBefore,
        recurrence == null ? null : recurrence.shifted(shift));
  }
}
