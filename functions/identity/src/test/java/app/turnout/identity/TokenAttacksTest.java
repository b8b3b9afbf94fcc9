package app.turnout.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.platform.security.Ed25519Keys;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestFunctions;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Access tokens that are not ours, or not as we make them, open nothing. Each attack differs from
/// a token that is let in by what it is named for.
class TokenAttacksTest {
  @RegisterExtension static final IdentityHarness IDENTITY = new IdentityHarness(Map.of());

  private static final KeyPair OURS =
      Ed25519Keys.fromSecret("access-token-seed-of-at-least-32-characters");
  private static final KeyPair ATTACKERS = Ed25519Keys.fromSecret("a".repeat(40));
  private static final String KEY_ID = Ed25519Keys.keyId(OURS.getPublic());
  private static final String HEADER =
      "{\"typ\":\"at+jwt\",\"alg\":\"EdDSA\",\"kid\":\"" + KEY_ID + "\"}";
  private static final Instant NOW = SettableTime.START;

  private static UUID user = new UUID(0, 0);
  private static String session = "";
  private static String genuine = "";

  @BeforeAll
  static void somebodyIsLoggedIn() throws SQLException {
    JsonNode tokens = IDENTITY.account("ana@example.com");
    genuine = tokens.path("access_token").asText();
    user = IDENTITY.userId("ana@example.com");
    session = IDENTITY.query("select id from sessions where user_id = ?", user).getFirst();
  }

  @AfterEach
  void resetTime() {
    IDENTITY.time().set(NOW);
  }

  @Test
  void whatAttacksStartFromIsLetIn() {
    assertThat(IDENTITY.profile(genuine).status()).isEqualTo(200);
    assertThat(IDENTITY.profile(signed(HEADER, claims())).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", ""})
  void unsignedTokenIsRefused(String none) {
    String header = HEADER.replace("EdDSA", none);

    assertRefused(encode(header) + "." + encode(claims()) + ".");
    assertRefused(encode(header) + "." + encode(claims()));
    assertRefused(signed(header, claims()));
    assertRefused(encode(HEADER) + "." + encode(claims()) + ".");
  }

  /// The classic confusion: what everybody knows, the public key, taken for a shared secret.
  @ParameterizedTest
  @MethodSource("publicKeyInAllItsForms")
  void publicKeyAsSharedSecretIsRefused(byte[] secret) throws GeneralSecurityException {
    for (String bits : new String[] {"256", "384", "512"}) {
      String input = encode(HEADER.replace("EdDSA", "HS" + bits)) + "." + encode(claims());
      Mac mac = Mac.getInstance("HmacSHA" + bits);
      mac.init(new SecretKeySpec(secret, "Hmac"));
      assertRefused(input + "." + encode(mac.doFinal(input.getBytes(US_ASCII))));

      String asEdDsa = encode(HEADER) + "." + encode(claims());
      assertRefused(asEdDsa + "." + encode(mac.doFinal(asEdDsa.getBytes(US_ASCII))));
    }
  }

  static Stream<byte[]> publicKeyInAllItsForms() {
    byte[] der = OURS.getPublic().getEncoded();
    byte[] raw = Arrays.copyOfRange(der, der.length - 32, der.length);
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getEncoder().encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    return Stream.of(
        raw,
        der,
        pem.getBytes(US_ASCII),
        pem.strip().getBytes(US_ASCII),
        encode(raw).getBytes(US_ASCII),
        IDENTITY.api().get("/.well-known/jwks.json").send().body().getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ES256", "ES384", "ES512", "RS256", "PS256", "Ed448", "ES256K", "Ed25519"})
  void otherAlgorithmsAreRefused(String algorithm) {
    assertRefused(signed(HEADER.replace("EdDSA", algorithm), claims()));
  }

  /// A whole token by another kind of key, said to be ours.
  @Test
  void keysOfOtherKindsAreRefused() throws GeneralSecurityException {
    KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
    curve.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);

    assertRefused(
        signed(
            HEADER.replace("EdDSA", "ES256"),
            claims(),
            curve.generateKeyPair().getPrivate(),
            "SHA256withECDSAinP1363Format"));
    assertRefused(
        signed(
            HEADER.replace("EdDSA", "RS256"),
            claims(),
            rsa.generateKeyPair().getPrivate(),
            "SHA256withRSA"));
    assertRefused(
        signed(
            HEADER,
            claims(),
            curve.generateKeyPair().getPrivate(),
            "SHA256withECDSAinP1363Format"));
    // r = s = 0 verifies for anything where nobody looks (CVE-2022-21449).
    assertRefused(
        encode(HEADER.replace("EdDSA", "ES256"))
            + "."
            + encode(claims())
            + "."
            + encode(new byte[64]));
    assertRefused(encode(HEADER) + "." + encode(claims()) + "." + encode(new byte[64]));
  }

  @ParameterizedTest
  @MethodSource("headersThatBringAKey")
  void keyThatComesAlongIsNotLookedAt(String header) {
    assertRefused(signed(header, claims(), ATTACKERS.getPrivate(), "Ed25519"));
    // Ours does not say such things either.
    assertRefused(signed(header, claims()));
  }

  static Stream<String> headersThatBringAKey() throws GeneralSecurityException {
    String x = Ed25519Keys.encode(ATTACKERS.getPublic());
    String jwk = "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + x + "\"}";
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    BigInteger modulus = ((RSAPublicKey) generator.generateKeyPair().getPublic()).getModulus();
    String rsa = "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + encode(modulus.toByteArray()) + "\"}";
    return Stream.of(
        header("jwk", jwk),
        header("jwk", rsa),
        header("jku", "\"https://attacker.example/jwks.json\""),
        header("x5u", "\"https://attacker.example/cert.pem\""),
        header("x5c", "[\"" + Base64.getEncoder().encodeToString(new byte[100]) + "\"]"),
        header("x5t", "\"" + encode(new byte[20]) + "\""),
        header("x5t#S256", "\"" + encode(new byte[32]) + "\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"crit\":[\"exp\"],\"exp\":1",
        "\"crit\":[\"b64\"],\"b64\":false",
        "\"crit\":[\"https://turnout.example/new\"],\"https://turnout.example/new\":1",
        "\"crit\":[]",
        "\"crit\":\"exp\"",
        "\"b64\":false",
        "\"zip\":\"DEF\"",
        "\"cty\":\"JWT\"",
        "\"other\":1"
      })
  void headerThatMustBeUnderstoodIsRefused(String parameter) {
    assertRefused(signed(HEADER.replace("}", "," + parameter + "}"), claims()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"typ\":\"JWT\",\"alg\":\"EdDSA\",\"kid\":\"%s\"}",
        "{\"typ\":\"id+jwt\",\"alg\":\"EdDSA\",\"kid\":\"%s\"}",
        "{\"typ\":1,\"alg\":\"EdDSA\",\"kid\":\"%s\"}",
        "{\"alg\":\"EdDSA\",\"kid\":\"%s\"}",
        "{\"typ\":\"at+jwt\",\"kid\":\"%s\"}",
        "{\"typ\":\"at+jwt\",\"alg\":null,\"kid\":\"%s\"}",
        "{\"typ\":\"at+jwt\",\"alg\":[\"EdDSA\"],\"kid\":\"%s\"}",
        "{\"typ\":\"at+jwt\",\"alg\":\"EdDSA\"}",
        "{\"typ\":\"at+jwt\",\"alg\":\"EdDSA\",\"kid\":\"\"}",
        "{\"typ\":\"at+jwt\",\"alg\":\"EdDSA\",\"kid\":1}",
        "{\"typ\":\"at+jwt\",\"alg\":\"EdDSA\",\"kid\":\"00000000000000000000000000000000\"}",
        "{\"typ\":\"at+jwt\",\"alg\":\"EdDSA\",\"kid\":\"../../../../../../dev/null/......\"}",
        "{\"typ\":\"at+jwt\",\"alg\":\"EdDSA\",\"kid\":\"' or true; --                     \"}",
        "[\"at+jwt\",\"EdDSA\",\"%s\"]",
        "{",
        "",
      })
  void headerOfAnotherFormIsRefused(String header) {
    assertRefused(signed(header.formatted(KEY_ID), claims()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"typ", "alg", "kid"})
  void headerThatSaysItTwiceIsRefused(String name) {
    assertRefused(signed(HEADER.replace("}", ",\"" + name + "\":\"x\"}"), claims()));
    assertRefused(signed(HEADER.replace("{", "{\"" + name + "\":\"x\","), claims()));
  }

  @ParameterizedTest
  @MethodSource("claimsThatAreNotTaken")
  void signedClaimsOfAnotherKindAreRefused(String claims) {
    assertRefused(signed(HEADER, claims));
  }

  static Stream<String> claimsThatAreNotTaken() {
    List<String> attacks = new ArrayList<>();
    for (String value :
        new String[] {"\"other\"", "\"\"", "null", "1", "[]", "[\"other\"]", "{\"turnout\": 1}"}) {
      attacks.add(with("aud", value));
      attacks.add(with("iss", value));
      attacks.add(with("sid", value));
      attacks.add(with("sub", value));
    }
    attacks.add(with("iss", "\"https://turnout.example/\""));
    attacks.add(with("iss", "\"https://turnout.example.attacker.example\""));
    attacks.add(with("iss", "\"http://turnout.example\""));
    attacks.add(with("aud", "\"Turnout\""));
    attacks.add(with("org", "\"other\""));
    attacks.add(with("org", "1"));
    attacks.add(with("exp", Long.toString(NOW.getEpochSecond())));
    attacks.add(with("exp", "0"));
    attacks.add(with("exp", "-1"));
    attacks.add(with("exp", "\"never\""));
    attacks.add(with("exp", "null"));
    attacks.add(with("nbf", Long.toString(NOW.getEpochSecond() + 1)));
    attacks.add(with("nbf", "\"soon\""));
    attacks.add(with("nbf", "null"));
    attacks.add(with("iat", "null"));
    attacks.add(with("iat", "\"then\""));
    for (String name : new String[] {"iss", "aud", "sub", "sid", "iat", "nbf", "exp"}) {
      attacks.add(without(name));
      // Which of the two counts is anybody's guess, so neither does.
      attacks.add(claims().replace("}", ",\"" + name + "\":\"x\"}"));
      attacks.add(claims().replace("{", "{\"" + name + "\":\"x\","));
    }
    attacks.add(claims().replace("}", ",\"sub\":\"" + UUID.randomUUID() + "\"}"));
    attacks.add("");
    attacks.add("null");
    attacks.add("[]");
    attacks.add("{");
    attacks.add("\"" + user + "\"");
    attacks.add(claims() + claims());
    attacks.add(claims() + "x");
    return attacks.stream();
  }

  @Test
  void expiredTokenIsRefused() {
    IDENTITY.time().advance(Duration.ofMinutes(15).minusNanos(1000));
    assertThat(IDENTITY.profile(genuine).status()).isEqualTo(200);

    IDENTITY.time().advance(Duration.ofNanos(1000));
    assertRefused(genuine);
  }

  @Test
  void tokenThatIsNotGoodYetIsRefused() {
    IDENTITY.time().set(NOW.minusMillis(1));

    assertRefused(genuine);
  }

  @Test
  void tokenOfNobodyIsRefused() {
    assertRefused(signed(HEADER, claims().replace(user.toString(), UUID.randomUUID().toString())));
  }

  @Test
  void tokenByAnotherKeyIsRefused() {
    assertRefused(signed(HEADER, claims(), ATTACKERS.getPrivate(), "Ed25519"));
    assertRefused(
        signed(
            HEADER.replace(KEY_ID, Ed25519Keys.keyId(ATTACKERS.getPublic())),
            claims(),
            ATTACKERS.getPrivate(),
            "Ed25519"));
  }

  @Test
  void signatureOfAnotherTokenIsRefused() throws SQLException {
    String other = IDENTITY.account("other@example.com").path("access_token").asText();
    String[] ours = genuine.split("\\.", -1);
    String[] theirs = other.split("\\.", -1);

    assertRefused(ours[0] + "." + ours[1] + "." + theirs[2]);
    assertRefused(ours[0] + "." + theirs[1] + "." + ours[2]);
    assertThat(IDENTITY.profile(other).status()).isEqualTo(200);
  }

  @Test
  void noLetterOfATokenCanBeAnother() {
    List<Integer> letIn = new ArrayList<>();
    for (int i = 0; i < genuine.length(); i++) {
      char[] letters = genuine.toCharArray();
      letters[i] = letters[i] == 'A' ? 'B' : 'A';
      if (IDENTITY.profile(new String(letters)).status() != 401) {
        letIn.add(i);
      }
    }

    assertThat(letIn).isEmpty();
  }

  /// The last letter of a signature carries four bits that decoding drops.
  @Test
  void signatureHasOneSpelling() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    String head = genuine.substring(0, genuine.length() - 1);
    List<String> letIn =
        alphabet
            .chars()
            .mapToObj(letter -> head + (char) letter)
            .filter(token -> IDENTITY.profile(token).status() != 401)
            .toList();

    assertThat(letIn).containsExactly(genuine);
    assertRefused(genuine + "=");
    assertRefused(genuine + "==");
    assertRefused(genuine.substring(0, 40) + " " + genuine.substring(40));
    assertRefused(
        genuine.substring(0, genuine.length() - 20)
            + "\n"
            + genuine.substring(genuine.length() - 20));
    assertRefused(
        genuine.substring(0, genuine.length() - 20)
            + "!"
            + genuine.substring(genuine.length() - 20));
  }

  @Test
  void partsOfATokenAreRefused() {
    for (int length = 0; length < genuine.length(); length += 7) {
      assertRefused(genuine.substring(0, length));
    }
    String[] parts = genuine.split("\\.", -1);
    assertRefused(parts[0] + "." + parts[1]);
    assertRefused(parts[0] + "." + parts[1] + ".");
    assertRefused("." + parts[1] + "." + parts[2]);
    assertRefused(parts[0] + ".." + parts[2]);
    assertRefused("..");
    assertRefused(genuine + "." + parts[2]);
    assertRefused(genuine + ".." + parts[2]);
    assertRefused(genuine + genuine);
  }

  @Test
  void enormousTokenIsRefused() {
    assertRefused(signed(HEADER, claims().replace("}", ",\"x\":\"" + "x".repeat(2000) + "\"}")));
    assertRefused("a".repeat(100_000));
    assertRefused(".".repeat(100_000));
    assertRefused(encode("{\"a\":".repeat(5_000)) + "." + encode(claims()) + ".x");
  }

  @Test
  void nestedTokenIsRefused() {
    assertRefused(signed(HEADER, genuine));
    assertRefused(signed(HEADER.replace("}", ",\"cty\":\"JWT\"}"), genuine));
    assertRefused(encode("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}") + "..AAAA.AAAA.AAAA");
  }

  @Test
  void otherSchemesAreRefused() {
    for (String authorization :
        new String[] {"Basic " + genuine, "Token " + genuine, genuine, "Bearer", "Bearer "}) {
      Answer answer =
          IDENTITY.api().get("/api/v1/users/profile").header("Authorization", authorization).send();
      assertProblem(authorization, answer);
    }
    Answer twice =
        IDENTITY.api().get("/api/v1/users/profile").bearer(genuine).bearer(genuine).send();
    assertProblem("two tokens", twice);
  }

  @Test
  void logoutTakesNoneOfThemEither() {
    for (String token :
        new String[] {
          encode(HEADER.replace("EdDSA", "none")) + "." + encode(claims()) + ".",
          signed(HEADER, claims(), ATTACKERS.getPrivate(), "Ed25519"),
          signed(HEADER, with("aud", "\"other\"")),
          signed(HEADER.replace("at+jwt", "JWT"), claims()),
        }) {
      assertProblem(token, IDENTITY.logOut(token));
    }
    assertThat(IDENTITY.profile(genuine).status()).isEqualTo(200);
  }

  private static void assertRefused(String token) {
    assertProblem(token, IDENTITY.profile(token));
  }

  private static void assertProblem(String token, Answer answer) {
    assertThat(answer.status()).as(token).isEqualTo(401);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().path("type").asText())
        .isEqualTo("urn:turnout:problem:unauthenticated");
  }

  private static String claims() {
    return """
    {"iss":"%s","aud":"turnout","sub":"%s","sid":"%s","iat":%d,"nbf":%d,"exp":%d}\
    """
        .formatted(
            TestFunctions.PUBLIC_URL,
            user,
            session,
            NOW.getEpochSecond(),
            NOW.getEpochSecond(),
            NOW.getEpochSecond() + 900);
  }

  private static String with(String name, String value) {
    return without(name).replace("}", ",\"" + name + "\":" + value + "}");
  }

  private static String without(String name) {
    return claims().replaceFirst("\"" + name + "\":(\"[^\"]*\"|\\d+),?", "").replace(",}", "}");
  }

  private static String header(String name, String value) {
    return HEADER.substring(0, HEADER.length() - 1) + ",\"" + name + "\":" + value + "}";
  }

  private static String signed(String header, String claims) {
    return signed(header, claims, OURS.getPrivate(), "Ed25519");
  }

  private static String signed(String header, String claims, PrivateKey key, String algorithm) {
    String input = encode(header) + "." + encode(claims);
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(input.getBytes(US_ASCII));
      return input + "." + encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String encode(String text) {
    return encode(text.getBytes(UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
