package app.turnout.locations.pings;

import app.turnout.domain.ParticipantId;
import app.turnout.locations.Ping;
import app.turnout.locations.PingMessage;
import app.turnout.locations.PingSource;
import app.turnout.locations.devices.DeviceBook;
import app.turnout.platform.metrics.Measures;
import app.turnout.platform.metrics.Metric;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.queue.QueueUnavailableException;
import app.turnout.platform.queue.Queues;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.CurrentCaller;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/// Gives a participant's pings to the queue, those that may be taken. What it calls taken, the
/// queue has.
@Singleton
final class TakePings {
  private static final Logger LOG = LoggerFactory.getLogger(TakePings.class);
  private static final Duration QUEUE_PATIENCE = Duration.ofSeconds(5);

  private final CurrentCaller caller;
  private final DeviceBook devices;
  private final TrackingRepository trackings;
  private final Queues queues;
  private final InstantSource time;

  TakePings(
      CurrentCaller caller,
      DeviceBook devices,
      TrackingRepository trackings,
      Queues queues,
      InstantSource time) {
    this.caller = caller;
    this.devices = devices;
    this.trackings = trackings;
    this.queues = queues;
    this.time = time;
  }

  /// What became of the pings.
  sealed interface Outcome {
    /// They were judged one by one.
    ///
    /// @param refused why, by the ping's place in what was given
    record Taken(int accepted, SortedMap<Integer, FieldError> refused) implements Outcome {}

    /// None was looked at.
    sealed interface Refused extends Outcome {
      /// What the one who sent them is told.
      ProblemException problem();
    }

    record NoConsent() implements Refused {
      @Override
      public ProblemException problem() {
        return new ProblemException(
            ProblemType.CONSENT_MISSING,
            "The participant gives it by POST /api/v1/participants/{participant_id}/consent");
      }
    }

    /// The event is a draft still, or is cancelled.
    record DoesNotTakePlace() implements Refused {
      @Override
      public ProblemException problem() {
        return new ProblemException(
            ProblemType.OUTSIDE_TRACKING_WINDOW, "The event is not published, or is cancelled");
      }
    }

    /// It is too late for recorded tracks.
    record UploadsClosed(Instant since) implements Refused {
      @Override
      public ProblemException problem() {
        return new ProblemException(
            ProblemType.NO_LONGER_OPEN, "Recorded tracks were taken until " + since);
      }
    }

    record NoSuchParticipant() implements Refused {
      @Override
      public ProblemException problem() {
        return ProblemException.notFound("participant");
      }
    }
  }

  /// Takes those that may be taken, and notes how the device fared that sent them. Throws
  /// [ProblemException] (503) when the queue takes nothing: then none is, except that the first
  /// ones of more than [PingMessage#MOST_PINGS] may be. To send them again does no harm.
  Outcome take(ParticipantId participant, PingSource source, List<Ping> pings) {
    Instant now = time.instant();
    Outcome outcome = take(participant, source, pings, now);
    switch (outcome) {
      case Outcome.Taken(int accepted, SortedMap<Integer, FieldError> refused) ->
          note(
              accepted > 0 || refused.isEmpty() ? null : refused.values().iterator().next().rule(),
              now);
      case Outcome.Refused refused -> note(refused.problem().type().slug(), now);
    }
    return outcome;
  }

  /// Throws [ProblemException] (404): before much is read, since nobody is to learn by another
  /// answer what is there.
  void mustExist(ParticipantId participant) {
    if (trackings.find(participant).isEmpty()) {
      throw ProblemException.notFound("participant");
    }
  }

  /// Notes that a device has sent what nothing can be made of.
  void noteUseless(String reason) {
    note(reason, time.instant());
  }

  private void note(@Nullable String refusal, Instant now) {
    if (caller.get() instanceof Caller.Device device) {
      devices.note(device.device(), refusal, now);
    }
  }

  private Outcome take(
      ParticipantId participant, PingSource source, List<Ping> pings, Instant now) {
    Optional<Tracking> found = trackings.find(participant);
    if (found.isEmpty()) {
      return new Outcome.NoSuchParticipant();
    }
    Tracking tracking = found.get();
    if (!tracking.consented()) {
      return new Outcome.NoConsent();
    }
    if (!tracking.takesPlace()) {
      return new Outcome.DoesNotTakePlace();
    }
    if (source == PingSource.GPX && now.isAfter(tracking.uploadsUntil())) {
      return new Outcome.UploadsClosed(tracking.uploadsUntil());
    }
    List<Ping> taken = new ArrayList<>(pings.size());
    SortedMap<Integer, FieldError> refused = new TreeMap<>();
    for (int i = 0; i < pings.size(); i++) {
      Ping ping = pings.get(i);
      Optional<FieldError> refusal = tracking.refusal(ping.recordedAt(), source, now);
      if (refusal.isPresent()) {
        refused.put(i, refusal.get());
      } else {
        taken.add(ping);
      }
    }
    send(tracking, source, taken, now);
    Measures.add(Metric.PINGS_TAKEN, taken.size());
    Measures.add(Metric.PINGS_REFUSED, refused.size());
    return new Outcome.Taken(taken.size(), refused);
  }

  private void send(Tracking tracking, PingSource source, List<Ping> pings, Instant now) {
    List<String> messages = new ArrayList<>();
    for (int from = 0; from < pings.size(); from += PingMessage.MOST_PINGS) {
      messages.add(
          new PingMessage(
                  tracking.organization(),
                  tracking.occurrence(),
                  tracking.participant(),
                  now,
                  source,
                  pings.subList(from, Math.min(from + PingMessage.MOST_PINGS, pings.size())))
              .toText());
    }
    try {
      if (messages.size() == 1) {
        queues.send("pings", messages.getFirst());
      } else {
        queues.sendAll("pings", messages);
      }
    } catch (SdkException | QueueUnavailableException e) {
      LOG.warn("The queue of pings takes nothing", e);
      throw ProblemException.retryLater(
          ProblemType.UNAVAILABLE, "Positions cannot be taken for the moment", QUEUE_PATIENCE);
    }
  }
}
