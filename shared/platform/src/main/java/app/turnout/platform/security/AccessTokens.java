package app.turnout.platform.security;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
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

  private static final String BEARER = "Bearer ";
  private static final int LONGEST = 2000;
  private static final Set<String> HEADERS = Set.of("typ", "alg", "kid");

  private final SigningKeys keys;
  private final ClaimsVerifier claimsVerifier;

  AccessTokens(
      SigningKeys keys, InstantSource time, @Value("${turnout.public-url}") String issuer) {
    this.keys = keys;
    this.claimsVerifier = new ClaimsVerifier(issuer, time);
  }

  /// Whose an access token is, for an open endpoint that knows what to do with one. Nobody looks
  /// here whether its session has ended.
  ///
  /// @param authorization value of the header: `Bearer`, space, token
  public Optional<Caller.User> holder(String authorization) {
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? verify(authorization.substring(BEARER.length()).strip())
            .map(token -> new Caller.User(token.user(), token.session()))
        : Optional.empty();
  }

  Optional<Credentials.AccessToken> verify(String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      String keyId = jwt.getHeader().getKeyID();
      if (!isOurs(jwt.getHeader()) || keyId == null) {
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

  /// Our headers name type, algorithm and key, and nothing else: no key that comes along, no
  /// address to fetch one from, nothing that must be understood (RFC 7515 §4.1.11).
  private static boolean isOurs(JWSHeader header) {
    return JWSAlgorithm.EdDSA.equals(header.getAlgorithm())
        && TYPE.equals(header.getType())
        && HEADERS.containsAll(header.getIncludedParams());
  }

  private static boolean isSignedBy(PublicKey key, SignedJWT jwt)
      throws GeneralSecurityException, JOSEException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(key);
    signature.update(jwt.getSigningInput());
    byte[] given = jwt.getSignature().decode();
    // Decoding is lenient: without this a token had several spellings.
    return Base64URL.encode(given).equals(jwt.getSignature())
        && given.length == 64
        && signature.verify(given);
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
