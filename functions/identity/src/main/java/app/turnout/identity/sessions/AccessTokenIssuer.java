package app.turnout.identity.sessions;

import app.turnout.identity.keys.PrivateKeys;
import app.turnout.platform.security.AccessTokens;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;

/// Signs access tokens, as [AccessTokens] reads them.
@Singleton
final class AccessTokenIssuer {
  private final PrivateKeys keys;
  private final String issuer;
  private final SessionSettings settings;

  AccessTokenIssuer(
      PrivateKeys keys, @Value("${turnout.public-url}") String issuer, SessionSettings settings) {
    this.keys = keys;
    this.issuer = issuer;
    this.settings = settings;
  }

  AccessToken issue(Session session, Instant now) {
    Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience(AccessTokens.AUDIENCE)
            .subject(session.user().toString())
            .claim("sid", session.id().toString())
            .issueTime(Date.from(issuedAt))
            .notBeforeTime(Date.from(issuedAt))
            .expirationTime(Date.from(issuedAt.plus(settings.accessToken())));
    if (session.organization() != null) {
      claims.claim("org", session.organization().toString());
    }
    return new AccessToken(
        sign(claims.build(), keys.at(now, settings.accessToken())),
        settings.accessToken(),
        session.organization());
  }

  private static String sign(JWTClaimsSet claims, PrivateKeys.Signing key) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.EdDSA).type(AccessTokens.TYPE).keyID(key.id()).build();
    byte[] input = new SignedJWT(header, claims).getSigningInput();
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key.key());
      signature.update(input);
      return new String(input, StandardCharsets.US_ASCII)
          + "."
          + Base64URL.encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
