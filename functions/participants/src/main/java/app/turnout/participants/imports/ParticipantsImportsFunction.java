package app.turnout.participants.imports;

import app.turnout.platform.reactions.AreaEventsFunction;
import java.util.Map;

/// The function `participants-imports`.
public final class ParticipantsImportsFunction extends AreaEventsFunction {
  /// Started by Lambda.
  public ParticipantsImportsFunction() {}

  ParticipantsImportsFunction(Map<String, Object> properties) {
    super(properties);
  }
}
