package app.turnout.console;

import app.turnout.platform.http.HttpFunction;

/// The function `console`.
public final class ConsoleFunction extends HttpFunction {
  /// Its pages ask the API.
  @Override
  protected boolean asksDatabase() {
    return false;
  }
}
