package app.turnout.identity.sessions;

import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DerivedTokens;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Makes the tokens of sessions. A refresh token follows from its session's id and generation, so
/// the same one can be given again.
@Singleton
final class SessionTokens {
  private final AccessTokenIssuer accessTokens;
  private final DerivedTokens refreshTokens;

  SessionTokens(AccessTokenIssuer accessTokens, Secrets secrets) {
    this.accessTokens = accessTokens;
    this.refreshTokens = new DerivedTokens(secrets.get("refresh-token-key"));
  }

  Tokens of(Session session, Instant now) {
    return new Tokens(
        accessTokens.issue(session, now),
        refreshToken(session),
        Duration.between(now, session.expiresAt()));
  }

  AccessToken access(Session session, Instant now) {
    return accessTokens.issue(session, now);
  }

  /// What is stored of the session's refresh token.
  byte[] hash(Session session) {
    return DerivedTokens.hash(refreshToken(session));
  }

  /// Which session a refresh token says it is for, if we made it.
  Optional<DerivedTokens.Name> verify(String refreshToken) {
    return refreshTokens.verify(refreshToken);
  }

  private String refreshToken(Session session) {
    return refreshTokens.token(session.id(), session.generation());
  }
}
