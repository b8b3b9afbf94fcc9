package app.turnout.identity.sessions;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/// Where a session is used from, as its owner is shown it.
///
/// @param userAgent as the program names itself; null when it does not
/// @param sourceAddress an IP address
public record Device(@Nullable String userAgent, String sourceAddress) {
  private static final int LONGEST = 300;

  public Device {
    if (userAgent != null && userAgent.length() > LONGEST) {
      userAgent = userAgent.substring(0, LONGEST);
    }
  }

  /// What this request comes from.
  public static Device of(HttpRequest<?> request) {
    String userAgent = request.getHeaders().get(HttpHeaders.USER_AGENT);
    return new Device(
        userAgent == null || userAgent.isBlank() ? null : clean(userAgent),
        request.getRemoteAddress().getAddress().getHostAddress());
  }

  /// PostgreSQL's text takes no NUL, and a list no control characters.
  private static String clean(String userAgent) {
    return userAgent.replaceAll("\\p{Cntrl}", " ").strip();
  }

  /// Whose it is must not show in logs.
  @Override
  public String toString() {
    return "Device";
  }
}
