package app.turnout.platform.queue;

/// A queue did not take a message.
public final class QueueUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  QueueUnavailableException(String queue, String code) {
    super(queue + " refused a message: " + code);
  }

  QueueUnavailableException(String queue, Throwable cause) {
    super(queue + " was not reached", cause);
  }
}
