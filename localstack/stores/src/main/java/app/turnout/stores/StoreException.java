package app.turnout.stores;

import java.io.Serial;

/// A store that could not be started, stopped or reached. The message is one line, fit to be shown
/// as it is.
public final class StoreException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
