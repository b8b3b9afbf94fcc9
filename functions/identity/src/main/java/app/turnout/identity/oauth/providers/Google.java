package app.turnout.identity.oauth.providers;

import app.turnout.identity.accounts.EmailAddress;
import app.turnout.platform.secrets.Secrets;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.net.URI;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Google, by OpenID Connect (Core 1.0 §3.1). Who somebody is, the ID token says, by its signature
/// and by real time, which is Google's.
@Singleton
final class Google implements IdentityProvider {
  private static final int SKEW_SECONDS = 60;
  private static final int LONGEST_SUBJECT = 255;

  private final @Nullable Client client;
  private final GoogleEndpoints endpoints;
  private final ProviderHttp http;
  private final String issuer;

  Google(
      Secrets secrets,
      JsonMapper json,
      GoogleEndpoints endpoints,
      ProviderHttp http,
      GoogleSettings settings) {
    this.client = Client.of(secrets, "google-oauth", json).orElse(null);
    this.endpoints = endpoints;
    this.http = http;
    this.issuer = settings.issuer();
  }

  @Override
  public Provider provider() {
    return Provider.GOOGLE;
  }

  @Override
  public boolean isConfigured() {
    return client != null;
  }

  private Client client() {
    if (client == null) {
      throw new IllegalStateException("turnout.secrets.google-oauth is not set");
    }
    return client;
  }

  @Override
  public URI authorization(Exchange exchange) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", client().id());
    parameters.put("redirect_uri", exchange.redirectUri().toString());
    parameters.put("scope", "openid email profile");
    parameters.put("state", exchange.state());
    parameters.put("nonce", exchange.nonce());
    parameters.put("code_challenge", CodeChallenge.of(exchange.codeVerifier()));
    parameters.put("code_challenge_method", "S256");
    return URI.create(endpoints.get().authorization() + "?" + ProviderHttp.query(parameters));
  }

  @Override
  public Identification identify(String code, Exchange exchange) {
    try {
      ProviderHttp.Answer answer = redeem(code, exchange);
      if (!answer.isOk()) {
        return new Identification.Refused("the code was refused: " + answer.text("error"));
      }
      return read(SignedJWT.parse(answer.text("id_token")), exchange.nonce());
    } catch (ProviderUnavailableException e) {
      return new Identification.Unavailable(String.valueOf(e.getMessage()));
    } catch (ParseException | JOSEException | BadJWTException e) {
      return new Identification.Refused("the ID token is not one to believe: " + e.getMessage());
    }
  }

  private ProviderHttp.Answer redeem(String code, Exchange exchange) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", exchange.redirectUri().toString());
    form.put("client_id", client().id());
    form.put("client_secret", client().secret());
    form.put("code_verifier", exchange.codeVerifier());
    return http.post(endpoints.get().token(), form);
  }

  private Identification read(SignedJWT token, String nonce)
      throws ParseException, JOSEException, BadJWTException {
    if (!isSigned(token)) {
      return new Identification.Refused("the ID token is not signed by the provider");
    }
    JWTClaimsSet claims = token.getJWTClaimsSet();
    // Of the real time: the default.
    DefaultJWTClaimsVerifier<SecurityContext> rules =
        new DefaultJWTClaimsVerifier<>(
            client().id(),
            new JWTClaimsSet.Builder().claim("nonce", nonce).build(),
            Set.of("iss", "sub", "iat", "exp"));
    rules.setMaxClockSkew(SKEW_SECONDS);
    rules.verify(claims, null);
    if (!isIssuer(claims.getIssuer()) || !isPresentedByUs(claims)) {
      return new Identification.Refused("the ID token is of another issuer or for another client");
    }
    String subject = claims.getSubject();
    if (subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
      return new Identification.Refused("the ID token has no subject");
    }
    Optional<EmailAddress> email =
        isVerified(claims) ? EmailAddress.find(claims.getStringClaim("email")) : Optional.empty();
    if (email.isEmpty()) {
      return new Identification.EmailNotVerified();
    }
    String name = claims.getStringClaim("name");
    return new Identification.Identified(
        new Profile(Provider.GOOGLE, subject, email.get(), name == null ? "" : name));
  }

  private boolean isSigned(SignedJWT token) throws JOSEException {
    String keyId = token.getHeader().getKeyID();
    JWK key = keyId == null ? null : endpoints.findKey(keyId).orElse(null);
    JWSAlgorithm algorithm = token.getHeader().getAlgorithm();
    JWSVerifier verifier =
        switch (key) {
          case RSAKey rsa when algorithm.equals(JWSAlgorithm.RS256) -> new RSASSAVerifier(rsa);
          case ECKey ec when algorithm.equals(JWSAlgorithm.ES256) -> new ECDSAVerifier(ec);
          case null, default -> null;
        };
    return verifier != null && token.verify(verifier);
  }

  /// Google writes its own name with or without `https://`.
  private boolean isIssuer(String given) {
    return given.equals(issuer)
        || (issuer.equals("https://accounts.google.com") && given.equals("accounts.google.com"));
  }

  private boolean isPresentedByUs(JWTClaimsSet claims) throws ParseException {
    String presenter = claims.getStringClaim("azp");
    return presenter == null ? claims.getAudience().size() == 1 : presenter.equals(client().id());
  }

  private static boolean isVerified(JWTClaimsSet claims) {
    Object verified = claims.getClaim("email_verified");
    return Boolean.TRUE.equals(verified) || "true".equals(verified);
  }
}
