package app.turnout.identity.oauth;

import java.time.Duration;
import java.util.UUID;

/// The cookie that binds an attempt to the browser that began it: one for each attempt, so that two
/// tabs do not disturb each other. `__Host-`: no other host can set it (RFC 6265bis §4.1.3).
///
/// @param value empty to take it back
record BrowserCookie(String name, String value, Duration lifetime) {
  static BrowserCookie of(UUID attempt, String value, Duration lifetime) {
    return new BrowserCookie(name(attempt), value, lifetime);
  }

  /// Takes the cookie of an attempt back.
  static BrowserCookie removed(UUID attempt) {
    return new BrowserCookie(name(attempt), "", Duration.ZERO);
  }

  static String name(UUID attempt) {
    return "__Host-turnout-oauth-" + attempt.toString().substring(24);
  }

  /// As in `Set-Cookie`. Lax, for the provider's redirect comes from another site.
  String header() {
    return name
        + "="
        + value
        + "; Path=/; Max-Age="
        + lifetime.toSeconds()
        + "; Secure; HttpOnly; SameSite=Lax";
  }
}
