package app.turnout.platform.security;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads access tokens: JWTs (RFC 7519) signed with EdDSA (RFC 8037), claims `iss`, `aud`, `sub`
/// (user), `sid` (session), `org` (organization, may be absent), `iat`, `nbf`, `exp`, by product
/// time. No other algorithm is looked at, and nothing is taken that `identity` would write
/// otherwise.
@Singleton
public final class AccessTokens {
  /// The `aud` of every access token.
  public static final String AUDIENCE = "turnout";

  /// The `typ` of every access token (RFC 9068).
  public static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

  private static final String BEARER = "Bearer ";
  private static final int LONGEST = 2000;
  private static final int SIGNATURE_BYTES = 64;

  /// No key that comes along, no address to fetch one from, nothing that has to be understood (RFC
  /// 7515 §4.1.11).
  private static final Set<String> HEADERS = Set.of("typ", "alg", "kid");

  private final SigningKeys keys;
  private final InstantSource time;
  private final String issuer;
  private final ProvenTokens proven = new ProvenTokens();

  AccessTokens(
      SigningKeys keys, InstantSource time, @Value("${turnout.public-url}") String issuer) {
    this.keys = keys;
    this.time = time;
    this.issuer = issuer;
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

  /// What a token says, for those who are asked about it rather than called by it. Nobody looks
  /// here whether its session has ended.
  public Optional<AccessTokenClaims> claims(String token) {
    return verify(token)
        .map(
            found ->
                new AccessTokenClaims(
                    found.user(), found.session(), found.organization(), found.expiresAt()));
  }

  Optional<Credentials.AccessToken> verify(String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    Instant now = time.instant();
    return proven
        .find(token, this::prove)
        .filter(
            found ->
                keys.find(found.keyId()).filter(found.key()::equals).isPresent()
                    && !now.isBefore(found.notBefore())
                    && now.isBefore(found.credentials().expiresAt()))
        .map(ProvenTokens.Proven::credentials);
  }

  private Optional<ProvenTokens.Proven> prove(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!isOurs(jwt.getHeader())) {
        return Optional.empty();
      }
      Optional<PublicKey> key = keys.find(jwt.getHeader().getKeyID());
      if (key.isEmpty() || !isSignedBy(key.get(), jwt)) {
        return Optional.empty();
      }
      return read(jwt.getHeader().getKeyID(), key.get(), jwt.getPayload().toJSONObject());
    } catch (ParseException
        | JOSEException
        | GeneralSecurityException
        | IllegalArgumentException
        | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isOurs(JWSHeader header) throws ParseException {
    // As it came: the parsed header leaves out what it takes for empty.
    Map<String, Object> given = JSONObjectUtils.parse(header.toBase64URL().decodeToString());
    return given.keySet().equals(HEADERS)
        && given.values().stream().allMatch(String.class::isInstance)
        && JWSAlgorithm.EdDSA.equals(header.getAlgorithm())
        && TYPE.equals(header.getType());
  }

  private static boolean isSignedBy(PublicKey key, SignedJWT jwt)
      throws GeneralSecurityException, JOSEException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(key);
    signature.update(jwt.getSigningInput());
    byte[] given = jwt.getSignature().decode();
    // Decoding is lenient: without this a token had several spellings.
    return Base64URL.encode(given).equals(jwt.getSignature())
        && given.length == SIGNATURE_BYTES
        && signature.verify(given);
  }

  /// Throws IllegalArgumentException when an id is none.
  ///
  /// @param claims null when they are no JSON object
  private Optional<ProvenTokens.Proven> read(
      String keyId, PublicKey key, @Nullable Map<String, Object> claims) {
    if (claims == null
        || !issuer.equals(claims.get("iss"))
        || !AUDIENCE.equals(claims.get("aud"))
        || !(claims.get("iat") instanceof Long)
        || !(claims.get("nbf") instanceof Long notBefore)
        || !(claims.get("exp") instanceof Long expiration)
        || !(claims.get("sub") instanceof String user)
        || !(claims.get("sid") instanceof String session)) {
      return Optional.empty();
    }
    Object organization = claims.get("org");
    if (organization != null && !(organization instanceof String)) {
      return Optional.empty();
    }
    return Optional.of(
        new ProvenTokens.Proven(
            keyId,
            key,
            Instant.ofEpochSecond(notBefore),
            new Credentials.AccessToken(
                new UserId(UUID.fromString(user)),
                UUID.fromString(session),
                organization instanceof String id ? new OrganizationId(UUID.fromString(id)) : null,
                Instant.ofEpochSecond(expiration))));
  }
}
