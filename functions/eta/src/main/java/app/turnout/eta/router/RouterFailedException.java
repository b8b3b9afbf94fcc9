package app.turnout.eta.router;

/// A router did not answer, or not with sense. The message names neither positions nor addresses.
final class RouterFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RouterFailedException(String message) {
    super(message);
  }

  RouterFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
