package app.turnout.identity.oauth.providers;

/// A provider does not answer, or not as it should; later it may. The message names no person.
public final class ProviderUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProviderUnavailableException(String message) {
    super(message);
  }

  ProviderUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
