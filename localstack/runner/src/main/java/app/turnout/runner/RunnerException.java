package app.turnout.runner;

import java.io.Serial;

/// Something the user of the runner can mend. The message is one line, fit to be shown as it is.
public final class RunnerException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public RunnerException(String message) {
    super(message);
  }

  public RunnerException(String message, Throwable cause) {
    super(message, cause);
  }
}
