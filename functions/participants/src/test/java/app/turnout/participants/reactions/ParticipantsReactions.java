package app.turnout.participants.reactions;

import app.turnout.participants.ParticipantsHarness;
import app.turnout.platform.reactions.AreaEvent;
import app.turnout.platform.reactions.AreaEventHandler;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// The function `participants-events` beside the one that answers requests, and the outbox between
/// them.
public final class ParticipantsReactions implements AutoCloseable {
  private final ParticipantsHarness turnout;
  private final ParticipantsEventsFunction function;

  public ParticipantsReactions(ParticipantsHarness turnout) {
    this.turnout = turnout;
    this.function =
        new ParticipantsEventsFunction(
            turnout.properties("participants-events", TestDatabase.JOBS));
  }

  /// Handles what was written to the outbox for the area, and what that leads to; answers what was
  /// handled.
  public List<AreaEvent> work(String kind) throws SQLException, IOException {
    List<AreaEvent> handled = new ArrayList<>();
    while (true) {
      List<AreaEvent> waiting = take(kind);
      if (waiting.isEmpty()) {
        return handled;
      }
      for (AreaEvent event : waiting) {
        handle(event, () -> true);
      }
      handled.addAll(waiting);
    }
  }

  /// Handles what waits for one area among those that a kind is for.
  public void workOn(String kind, String area) throws SQLException, IOException {
    for (AreaEvent event : take(kind, area)) {
      handle(event, () -> true);
    }
  }

  /// The events of a kind that wait; they do not any more.
  public List<AreaEvent> take(String kind) throws SQLException, IOException {
    return take(kind, "");
  }

  private List<AreaEvent> take(String kind, String area) throws SQLException, IOException {
    List<String> payloads =
        turnout.query(
            """
            select payload
            from outbox_messages
            where kind = ?
              and coalesce(payload ->> 'area', '') like ? || '%'
            order by position
            """,
            kind, area);
    turnout.execute(
        """
        delete from outbox_messages
        where kind = ?
          and coalesce(payload ->> 'area', '') like ? || '%'
        """,
        kind, area);
    List<AreaEvent> events = new ArrayList<>();
    for (String payload : payloads) {
      Map<String, String> fields =
          bean(JsonMapper.class).readValue(payload, Argument.mapOf(String.class, String.class));
      events.add(new AreaEvent(kind, fields));
    }
    return events;
  }

  public void handle(AreaEvent event, BooleanSupplier isTimeLeft) {
    bean(SettableTime.class).set(turnout.time().instant());
    function.context().getBeansOfType(AreaEventHandler.class).stream()
        .filter(handler -> handler.kind().equals(event.kind()))
        .findFirst()
        .orElseThrow()
        .handle(event, isTimeLeft);
  }

  public <T> T bean(Class<T> type) {
    return function.context().getBean(type);
  }

  @Override
  public void close() {
    function.close();
  }
}
