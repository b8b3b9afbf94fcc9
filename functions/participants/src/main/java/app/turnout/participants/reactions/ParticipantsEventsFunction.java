package app.turnout.participants.reactions;

import app.turnout.platform.reactions.AreaEventsFunction;
import java.util.Map;

/// The function `participants-events`.
public final class ParticipantsEventsFunction extends AreaEventsFunction {
  /// Started by Lambda.
  public ParticipantsEventsFunction() {}

  ParticipantsEventsFunction(Map<String, Object> properties) {
    super(properties);
  }
}
