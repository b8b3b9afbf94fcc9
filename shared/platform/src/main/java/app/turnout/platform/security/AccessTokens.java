package app.turnout.platform.security;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Reads access tokens: JWTs (RFC 7519) signed with EdDSA (RFC 8037), claims `iss`, `aud`, `sub`
/// (user), `sid` (session), `org` (organization, may be absent), `iat`, `nbf`, `exp`, by product
/// time. No other algorithm is looked at.
@Singleton
public final class AccessTokens {
  /// The `aud` of every access token.
  public static final String AUDIENCE = "turnout";

  /// The `typ` of every access token (RFC 9068).
  public static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

  private final SigningKeys keys;
  private final ClaimsVerifier claimsVerifier;

  AccessTokens(
      SigningKeys keys, InstantSource time, @Value("${turnout.public-url}") String issuer) {
    this.keys = keys;
    this.claimsVerifier = new ClaimsVerifier(issuer, time);
  }

  Optional<Credentials> verify(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      String keyId = jwt.getHeader().getKeyID();
      if (!JWSAlgorithm.EdDSA.equals(jwt.getHeader().getAlgorithm())
          || !TYPE.equals(jwt.getHeader().getType())
          || keyId == null) {
        return Optional.empty();
      }
      Optional<PublicKey> key = keys.find(keyId);
      if (key.isEmpty() || !isSignedBy(key.get(), jwt)) {
        return Optional.empty();
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      claimsVerifier.verify(claims, null);
      String organization = claims.getStringClaim("org");
      return Optional.of(
          new Credentials.AccessToken(
              new UserId(UUID.fromString(claims.getSubject())),
              UUID.fromString(claims.getStringClaim("sid")),
              organization == null ? null : new OrganizationId(UUID.fromString(organization))));
    } catch (ParseException
        | JOSEException
        | BadJWTException
        | GeneralSecurityException
        | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isSignedBy(PublicKey key, SignedJWT jwt)
      throws GeneralSecurityException, JOSEException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(key);
    signature.update(jwt.getSigningInput());
    byte[] given = jwt.getSignature().decode();
    return given.length == 64 && signature.verify(given);
  }

  private static final class ClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final InstantSource time;

    ClaimsVerifier(String issuer, InstantSource time) {
      super(
          AUDIENCE,
          new JWTClaimsSet.Builder().issuer(issuer).build(),
          Set.of("sub", "sid", "iat", "nbf", "exp"));
      this.time = time;
      setMaxClockSkew(0);
    }

    /// A millisecond on: `nbf` is the first moment that counts (RFC 7519 §4.1.5), where Nimbus
    /// wants to be past it.
    @Override
    protected Date currentTime() {
      return Date.from(time.instant().plusMillis(1));
    }
  }
}
