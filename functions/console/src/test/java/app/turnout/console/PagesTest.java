package app.turnout.console;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.platform.http.HttpFunction;
import app.turnout.testing.ApiClient;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Pattern LOADED =
      Pattern.compile("(?:src|rel=\"[a-z]+\" href)=\"(/[^\"]+)\"");

  /// A key of the words at the start of a line or after a comma.
  private static final Pattern WORD = Pattern.compile("(?m)(?:^    |', )(\\w+): ['{]");

  /// What a word of several parts says, such as one for each state that the API may tell.
  private static final Pattern INNER = Pattern.compile("\\{ .*? }(?=,)");

  /// A page of ours, as code leads to it.

  private static HttpFunction function;

  private static ApiClient api;

  @BeforeAll
  static void start() {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("console", DATABASE, TestDatabase.APP));
    properties.put("aws.region", "eu-west-1");
    function = new HttpFunction(properties) {};
    api = new ApiClient(function, null);
  }

  @AfterAll
  static void stop() {
    function.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/docs",
        "/api/redoc",
        "/verify-email",
        "/confirm-email",
        "/confirm-identity",
        "/reset-password",
        "/invitation",
        "/ownership-offer",
        "/signed-in",
        "/admin/register",
        "/me",
        "/me/set-up",
        "/share",
        "/live"
      })
  void pageLoadsOurOwnFilesAndNobodyElses(String path) {
    ApiClient.Answer page = api.get(path).send();

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'")
        .doesNotContain("http");
    List<String> files = new ArrayList<>();
    Matcher loaded = LOADED.matcher(page.body());
    while (loaded.find()) {
      files.add(loaded.group(1));
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(3);
    for (String file : files) {
      ApiClient.Answer answer = api.get(file).send();
      assertThat(answer.status()).as(file).isEqualTo(200);
      assertThat(answer.body()).as(file).isNotEmpty();
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }
  }

  @Test
  void everyPageSpeaksEveryLanguage() {
    String words = api.get("/account/words.js").send().body();
    String code = api.get("/account/account.js").send().body();

    for (String page :
        List.of(
            "verify-email",
            "confirm-email",
            "confirm-identity",
            "reset-password",
            "invitation",
            "ownership-offer",
            "signed-in",
            "admin/register")) {
      assertThat(code).contains("'" + page + "'");
      assertThat(words.split("'" + page + "': \\{ title: ", -1)).as(page).hasSize(5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/me, /me/me.js",
    "/set-up, /set-up/set-up.js",
    "/share, /share/share.js /common/common.js",
    "/live, /live/map.js /live/feed.js /live/session.js /live/view.js /common/common.js"
  })
  void pageSaysTheSameInEveryLanguage(String page, String files) {
    String words = api.get(page + "/words.js").send().body();
    String code =
        Stream.of(files.split(" ", -1))
            .map(file -> api.get(file).send().body())
            .collect(Collectors.joining());

    List<Set<String>> said = new ArrayList<>();
    for (String language : words.split("(?m)^  [a-z]{2}: \\{$", -1)) {
      said.add(
          WORD.matcher(INNER.matcher(language).replaceAll("{}"))
              .results()
              .map(word -> word.group(1))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    assertThat(said).hasSize(5);
    assertThat(said.subList(1, 5)).allMatch(said.get(1)::equals);
    assertThat(said.get(1)).hasSizeGreaterThan(40);
    assertThat(said.get(1)).allMatch(code::contains);
  }

  /// What a fragment holds is sent to nobody, as long as the page does not do so itself.
  @ParameterizedTest
  @CsvSource({
    "/me/me.js, /me/me.js",
    "/set-up/set-up.js, /common/common.js",
    "/share/share.js, /common/common.js",
    "/live/map.js, /common/common.js"
  })
  void linkStaysInTheFragment(String page, String caller) {
    String code = api.get(page).send().body();

    assertThat(code)
        .containsOnlyOnce("location.hash")
        .doesNotContain("Storage", "cookie", "innerHTML", "?token");
    assertThat(api.get(caller).send().body())
        .contains("Authorization: 'Bearer ' + token")
        .doesNotContain("Storage", "cookie", "innerHTML", "?token");
  }

  @Test
  void liveMapAsksNobodyElseUntilAMapServerIsConfigured() {
    assertThat(api.get("/live").send().header("Content-Security-Policy"))
        .contains("connect-src 'self';", "img-src 'self' data: blob:;", "worker-src 'self'")
        .doesNotContain("unsafe", "http");
    assertThat(api.get("/live/settings.json").send().json().path("style_url").isNull()).isTrue();
  }

  @Test
  void liveMapAsksTheConfiguredHostsAndNoOthers() {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("console", DATABASE, TestDatabase.APP));
    properties.put("aws.region", "eu-west-1");
    properties.put("turnout.map.style-url", "https://maps.example:8443/styles/plain.json");
    properties.put("turnout.map.hosts", "https://tiles.example https://*.glyphs.example");
    properties.put("turnout.map.live-url", "wss://live.example/dev");
    try (HttpFunction configured = new HttpFunction(properties) {}) {
      ApiClient client = new ApiClient(configured, null);

      for (String file : List.of("/live", "/live/maplibre-gl-csp-worker.js")) {
        assertThat(client.get(file).send().header("Content-Security-Policy"))
            .contains(
                "connect-src 'self' wss://live.example https://maps.example:8443"
                    + " https://tiles.example https://*.glyphs.example;",
                "img-src 'self' data: blob: https://maps.example:8443 https://tiles.example");
      }
      assertThat(client.get("/live/settings.json").send().json().path("style_url").asText())
          .isEqualTo("https://maps.example:8443/styles/plain.json");
    }
  }

  /// Kept as published, by hash: nobody mends it by hand.
  @ParameterizedTest
  @CsvSource({
    "maplibre-gl-csp.js, 2835432eb59578c24e9bc7fbcef6f6f03f2af3f60951b940db875125ff617ddb",
    "maplibre-gl-csp-worker.js, 58534d0ebbe8535cd22d19eb3739788898667390ab9b22b87edfe55b9c85d0a5",
    "maplibre-gl.css, ab1e70d59ec40465bae7e7030da2f3ccf28133fd502e62bd598eefbadfd7a732",
  })
  void mapLibreIsAsItWasPublished(String file, String sha256) throws Exception {
    byte[] content = api.get("/live/" + file).send().body().getBytes(StandardCharsets.UTF_8);

    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)))
        .isEqualTo(sha256);
  }

  @Test
  void queueOfPositionsKnowsNoLink() {
    assertThat(api.get("/share/queue.js").send().body()).doesNotContain("token", "hash");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br, GZIP;q=0.5", "x-gzip"})
  void textGoesCompressedToWhoCanReadThat(String accepted) throws IOException {
    String path = "/share/words.js";
    APIGatewayV2HTTPResponse answer = get(path, accepted);

    assertThat(answer.getHeaders())
        .containsEntry("Content-Encoding", "gzip")
        .containsEntry("Vary", "Accept-Encoding");
    assertThat(answer.getIsBase64Encoded()).isTrue();
    try (InputStream in =
        new GZIPInputStream(
            new ByteArrayInputStream(Base64.getDecoder().decode(answer.getBody())))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(api.get(path).send().body());
    }
    assertThat(answer.getHeaders().get("ETag")).isNotEqualTo(api.get(path).send().header("ETag"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "br", "gzip;q=0", "gzip; q=0.000", "zip"})
  void textGoesAsItIsToEverybodyElse(String accepted) {
    APIGatewayV2HTTPResponse answer = get("/share/words.js", accepted);

    assertThat(answer.getHeaders()).doesNotContainKey("Content-Encoding");
    assertThat(answer.getBody()).contains("const WORDS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/me", "/share", "/invitation", "/signed-in"})
  void pagesOfPeopleHaveTheStrictestPolicy(String path) {
    ApiClient.Answer page = api.get(path).send();

    assertThat(page.header("Content-Security-Policy")).doesNotContain("unsafe", "blob:");
    assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(page.body()).doesNotContain("style=", "<style", "onclick");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ServedFile.class",
        "swagger.html",
        "openapi.json",
        "..%2Fopenapi.json",
        "swagger"
      })
  void otherFilesAreNotGivenOut(String file) {
    assertThat(api.get("/api/docs/" + file).send().status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/swagger/, /api/docs",
    "/api/schema/, /api/openapi.json",
    "/swagger/index.html, /api/docs",
  })
  void formerPathsLeadToTheNewOnes(String former, String path) {
    ApiClient.Answer answer = api.get(former).send();

    assertThat(answer.status()).isEqualTo(308);
    assertThat(answer.header("Location")).isEqualTo(path);
  }

  @Test
  void browserKeepsWhatItHas() {
    String path = "/api/docs/swagger-ui.css";
    String tag = String.valueOf(api.get(path).send().header("ETag"));

    assertThat(api.get(path).header("If-None-Match", tag).send().status()).isEqualTo(304);
  }

  private static APIGatewayV2HTTPResponse get(String path, String accepted) {
    return function.handleRequest(api.get(path).header("Accept-Encoding", accepted).event(), null);
  }
}
