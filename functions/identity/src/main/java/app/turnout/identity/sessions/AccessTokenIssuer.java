package app.turnout.identity.sessions;

import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.security.AccessTokens;
import app.turnout.platform.security.Ed25519Keys;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;

/// Signs access tokens, as [AccessTokens] reads them. The only holder of the private key.
@Singleton
final class AccessTokenIssuer {
  private final PrivateKey key;
  private final JWSHeader header;
  private final String issuer;
  private final SessionSettings settings;

  AccessTokenIssuer(
      Secrets secrets, @Value("${turnout.public-url}") String issuer, SessionSettings settings) {
    KeyPair pair = Ed25519Keys.fromSecret(secrets.get("access-token-seed"));
    this.key = pair.getPrivate();
    this.header =
        new JWSHeader.Builder(JWSAlgorithm.EdDSA)
            .type(AccessTokens.TYPE)
            .keyID(Ed25519Keys.keyId(pair.getPublic()))
            .build();
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
        sign(new SignedJWT(header, claims.build())),
        settings.accessToken(),
        session.organization());
  }

  private String sign(SignedJWT token) {
    byte[] input = token.getSigningInput();
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(input);
      return new String(input, StandardCharsets.US_ASCII)
          + "."
          + Base64URL.encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
