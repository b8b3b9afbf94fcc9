package app.turnout.live;

import app.turnout.platform.problem.Problem;
import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/// What a watcher is told. Those with a `sequence` last, and follow each other without a gap: who
/// misses a number fetches the snapshot, and applies what has a higher one.
public sealed interface LiveMessage {
  /// What the message is, lower snake case.
  String type();

  /// What the date is like; the answer to `subscribe`, too.
  @Serdeable
  record EventUpdate(String type, UUID eventId, UUID occurrenceId, long sequence, DateBody event)
      implements LiveMessage {
    /// With a number that is not the date's last one.
    public static EventUpdate of(WatchedDate date, long sequence) {
      return new EventUpdate(
          "event_update",
          date.event().value(),
          date.occurrence().value(),
          sequence,
          DateBody.of(date));
    }
  }

  /// Where some participants are now.
  @Serdeable
  record LocationUpdate(String type, UUID eventId, UUID occurrenceId, List<PositionBody> positions)
      implements LiveMessage {
    public LocationUpdate {
      positions = List.copyOf(positions);
    }

    /// Positions of a date.
    public static LocationUpdate of(WatchedDate date, List<PositionBody> positions) {
      return new LocationUpdate(
          "location_update", date.event().value(), date.occurrence().value(), positions);
    }
  }

  /// When some participants will be there.
  @Serdeable
  record EtaUpdate(
      String type, UUID eventId, UUID occurrenceId, OffsetDateTime asOf, List<EtaBody> etas)
      implements LiveMessage {
    public EtaUpdate {
      etas = List.copyOf(etas);
    }

    /// Arrival times of a date.
    public static EtaUpdate of(WatchedDate date, OffsetDateTime asOf, List<EtaBody> etas) {
      return new EtaUpdate(
          "eta_update", date.event().value(), date.occurrence().value(), asOf, etas);
    }
  }

  /// `participant_join`: somebody is expected now; `participant_update`: something of them changed.
  /// Either way this is what they are now.
  @Serdeable
  record ParticipantChanged(
      String type, UUID eventId, UUID occurrenceId, long sequence, ParticipantBody participant)
      implements LiveMessage {}

  /// Somebody is not expected any more, or not to be seen.
  ///
  /// @param reason `removed` or `consent_withdrawn`
  @Serdeable
  record ParticipantLeave(
      String type,
      UUID eventId,
      UUID occurrenceId,
      long sequence,
      UUID participantId,
      String reason)
      implements LiveMessage {}

  /// `pong`, the answer to `ping`.
  @Serdeable
  record Pong(String type) implements LiveMessage {
    public static final Pong PONG = new Pong("pong");
  }

  /// What was asked for cannot be done.
  @Serdeable
  record Failed(String type, Problem problem) implements LiveMessage {
    /// Because of this.
    public static Failed of(Problem problem) {
      return new Failed("error", problem);
    }
  }
}
