package app.turnout.platform.lambda;

/// Tells Lambda that a call failed. Lambda writes what it is told into the log, so it is told only
/// the type of the failure; what there is to know has been logged.
public final class CallFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CallFailedException(Throwable failure) {
    super(failure.getClass().getName(), null, false, false);
  }
}
