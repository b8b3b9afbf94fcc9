package app.turnout.platform.reactions;

import java.util.function.BooleanSupplier;

/// What an area does about events of one kind.
public interface AreaEventHandler {
  String kind();

  /// Does it, in transactions of its own. The same event may come again, also while this runs.
  /// Anything thrown makes it come again.
  ///
  /// @param isTimeLeft false when the call must come to an end; what is left to do by then, the
  ///   handler sees to by another event
  void handle(AreaEvent event, BooleanSupplier isTimeLeft);
}
