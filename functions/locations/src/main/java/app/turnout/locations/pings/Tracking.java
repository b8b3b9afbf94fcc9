package app.turnout.locations.pings;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.domain.TimeWindow;
import app.turnout.locations.PingSource;
import app.turnout.platform.problem.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether and when a participant's positions are taken.
///
/// @param consented to being located
/// @param consentedAgainAt when, after a withdrawal; null for who never withdrew
/// @param takesPlace whether the event is published and its date not cancelled
/// @param checkedInAt null while they are not
record Tracking(
    OrganizationId organization,
    OccurrenceId occurrence,
    ParticipantId participant,
    boolean consented,
    @Nullable Instant consentedAgainAt,
    boolean takesPlace,
    Instant startsAt,
    Instant endsAt,
    Duration opensBefore,
    @Nullable Instant checkedInAt) {
  /// How far a phone's clock may be ahead of ours.
  private static final Duration AHEAD = Duration.ofMinutes(2);

  /// How long a phone may keep a ping.
  private static final Duration STALE = Duration.ofDays(1);

  /// The window that the ping's own time must lie in: from some time before the start until
  /// check-in, at the latest until the end.
  TimeWindow window() {
    Instant opens = startsAt.minus(opensBefore);
    Instant closes = checkedInAt != null && checkedInAt.isBefore(endsAt) ? checkedInAt : endsAt;
    return new TimeWindow(opens, closes.isBefore(opens) ? opens : closes);
  }

  /// How long after the end a recorded track may be uploaded.
  private static final Duration UPLOADS = Duration.ofDays(2);

  /// When the last recorded track is taken.
  Instant uploadsUntil() {
    return endsAt.plus(UPLOADS);
  }

  /// Why a ping of that time is not taken now. What was uploaded is never stale.
  Optional<FieldError> refusal(Instant recordedAt, PingSource source, Instant now) {
    if (recordedAt.isAfter(now.plus(AHEAD))) {
      return Optional.of(
          new FieldError("recorded_at", "future", "must not be more than 2 minutes ahead"));
    }
    if (source != PingSource.GPX && recordedAt.isBefore(now.minus(STALE))) {
      return Optional.of(new FieldError("recorded_at", "stale", "must not be older than a day"));
    }
    if (consentedAgainAt != null && recordedAt.isBefore(consentedAgainAt)) {
      return Optional.of(
          new FieldError(
              "recorded_at",
              "consent",
              "must not be before consent was given again, " + consentedAgainAt));
    }
    TimeWindow window = window();
    if (!window.contains(recordedAt)) {
      return Optional.of(
          new FieldError(
              "recorded_at",
              OUTSIDE_WINDOW,
              "must be within the tracking window, " + window.start() + " to " + window.end()));
    }
    return Optional.empty();
  }

  static final String OUTSIDE_WINDOW = "tracking_window";
}
