package app.turnout.live.push;

import app.turnout.domain.ParticipantId;
import app.turnout.live.Dates;
import app.turnout.live.EtaBody;
import app.turnout.live.LiveMessage;
import app.turnout.live.ParticipantBody;
import app.turnout.live.PositionBody;
import app.turnout.live.ShownParticipant;
import app.turnout.live.Sight;
import app.turnout.live.WatchedDate;
import app.turnout.platform.live.LiveChange;
import app.turnout.platform.live.LiveEta;
import app.turnout.platform.live.LiveUpdate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is told of a date, for each sight of it.
///
/// @param numbers the last number of each of the news' changes
/// @param changed participants as they are now
/// @param consents of those whose positions and arrival times there are
record Telling(
    WatchedDate date,
    News news,
    List<Long> numbers,
    Map<ParticipantId, ShownParticipant> changed,
    Dates.Consents consents) {
  /// More changes at once are not told one by one: their last number is, and who sees the gap
  /// fetches the snapshot.
  private static final int MOST_CHANGES = 20;

  /// API Gateway takes 128 KB a message; these are under 110.
  private static final int MOST_POSITIONS = 400;

  private static final int MOST_ETAS = 250;

  Telling {
    numbers = List.copyOf(numbers);
    changed = Map.copyOf(changed);
  }

  List<LiveMessage> to(Sight sight) {
    List<LiveMessage> messages = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      tell(news.changes().get(i), numbers.get(i), sight, messages);
    }
    List<PositionBody> positions =
        news.positions().values().stream()
            .filter(position -> consents.granted().contains(position.participant()))
            .filter(position -> sight.shows(position.participant(), consents.shared()))
            .map(PositionBody::of)
            .toList();
    for (List<PositionBody> some : parts(positions, MOST_POSITIONS)) {
      messages.add(LiveMessage.LocationUpdate.of(date, some));
    }
    List<EtaBody> etas =
        news.etas().values().stream()
            .filter(this::mayBeTold)
            .filter(eta -> sight.shows(eta.participant(), consents.shared()))
            .map(eta -> EtaBody.of(eta, news.etasAsOf()))
            .toList();
    for (List<EtaBody> some : parts(etas, MOST_ETAS)) {
      messages.add(LiveMessage.EtaUpdate.of(date, news.etasAsOf().atOffset(ZoneOffset.UTC), some));
    }
    return messages;
  }

  /// What rests on positions is told as long as positions are.
  private boolean mayBeTold(LiveEta eta) {
    return eta.lastPingAt() == null || consents.granted().contains(eta.participant());
  }

  private void tell(
      LiveUpdate.Changes changes, long last, Sight sight, List<LiveMessage> messages) {
    int count = changes.changes().size();
    if (count > MOST_CHANGES) {
      messages.add(LiveMessage.EventUpdate.of(date, last));
      return;
    }
    for (int i = 0; i < count; i++) {
      long number = last - count + 1 + i;
      LiveMessage message =
          switch (changes.changes().get(i)) {
            case LiveChange.Joined(ParticipantId id) ->
                changed("participant_join", id, number, sight);
            case LiveChange.Updated(ParticipantId id) ->
                changed("participant_update", id, number, sight);
            case LiveChange.Left(ParticipantId id, LiveChange.Reason reason) ->
                left(id, reason, number, sight);
            case LiveChange.EventChanged() -> null;
          };
      // Who is not shown a change is told its number all the same, and misses none.
      messages.add(message == null ? LiveMessage.EventUpdate.of(date, number) : message);
    }
  }

  private @Nullable LiveMessage changed(String type, ParticipantId id, long number, Sight sight) {
    ShownParticipant participant = changed.get(id);
    return participant == null || !sight.shows(id, shared(participant))
        ? null
        : new LiveMessage.ParticipantChanged(
            type,
            date.event().value(),
            date.occurrence().value(),
            number,
            ParticipantBody.of(participant));
  }

  private static Set<ParticipantId> shared(ShownParticipant participant) {
    return participant.isShared() ? Set.of(participant.id()) : Set.of();
  }

  private @Nullable LiveMessage left(
      ParticipantId id, LiveChange.Reason reason, long number, Sight sight) {
    boolean mayHaveSeen =
        switch (sight) {
          case Sight.Everything(), Sight.Shared(ParticipantId _) -> true;
          case Sight.Own(ParticipantId own) -> own.equals(id);
        };
    return mayHaveSeen
        ? new LiveMessage.ParticipantLeave(
            "participant_leave",
            date.event().value(),
            date.occurrence().value(),
            number,
            id.value(),
            reason.name().toLowerCase(Locale.ROOT))
        : null;
  }

  private static <T> List<List<T>> parts(List<T> all, int most) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += most) {
      parts.add(all.subList(from, Math.min(from + most, all.size())));
    }
    return parts;
  }
}
