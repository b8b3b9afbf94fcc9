package app.turnout.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.testing.ApiClient;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.function.aws.LambdaContextFactory;
import io.micronaut.function.aws.proxy.MockLambdaContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The edge as API Gateway sees it.
class HttpFunctionTest {
  private static final String THING = "/edge/things/0190b5d0-0000-7000-8000-000000000001";

  private static HttpFunction function;
  private static ApiClient api;

  @BeforeAll
  static void start() {
    function = new EdgeFunction();
    api = new ApiClient(function, null);
  }

  @AfterAll
  static void stop() {
    function.close();
  }

  @Test
  void answerHasNullsWireNamesAndTimesWithOffset() {
    ApiClient.Answer answer = api.get(THING).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("ETag")).isEqualTo("\"11\"");
    assertThat(answer.body())
        .isEqualTo(
            """
            {"id":"0190b5d0-0000-7000-8000-000000000001","note":null,"mood":"very_glad",\
            "created_at":"2026-01-02T10:00:00Z","seen_at":"2026-01-02T10:00:00Z"}\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "/edge/names/a%20b, a b",
    "/edge/names/100%25, 100%",
    "/edge/names/%25zz, %zz",
    "/edge/names/a+b, a+b",
    "/edge/names/caf%C3%A9, café",
    "/edge/names/%F0%9F%9A%8C, 🚌",
    "/edge/names/a%3Bb%3Dc%2Cd, 'a;b=c,d'",
    "/edge/names/%3Cx%3E%22%5B%5D%7B%7D%7C%5C%5E%60, '<x>\"[]{}|\\^`'"
  })
  void pathsMayContainAnyText(String path, String name) {
    ApiClient.Answer answer = api.get(path).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("name").asText()).isEqualTo(name);
  }

  @Test
  void repeatedParametersAreAListAndCommasSurvive() {
    assertThat(api.get("/edge/query?q=a&q=b,c").send().json().path("q").asText())
        .isEqualTo("[a, b,c]");
    assertThat(api.get("/edge/query?q=a,b").send().json().path("q").asText()).isEqualTo("[a,b]");
    assertThat(api.get("/edge/query?text=x,y+z%2B%26").send().json().path("text").asText())
        .isEqualTo("x,y z+&");
    assertThat(api.get("/edge/query?&&text=%3D%3d==&").send().json().path("text").asText())
        .isEqualTo("====");
  }

  @ParameterizedTest
  @CsvSource({
    "/edge/things/1-1-1-1-1, thing_id, type",
    "/edge/things/x, thing_id, type",
    "/edge/query?max_count=x, max_count, type",
    "/edge/query?max_count=1.5, max_count, type",
    "/edge/query?max_count=99999999999, max_count, type",
    "/edge/query?max_count=, max_count, type",
    "/edge/query?max_count=1&max_count=2, max_count, repeated",
    "/edge/query?from=2026-01-01, from, type",
    "/edge/query?from=%2B10000-01-01T00:00:00Z, from, type",
    "/edge/query?from=9999-12-31T23:59:59-01:00, from, type",
    "/edge/query?mood=VERY_GLAD, mood, enum",
    "/edge/query?sure=perhaps, sure, type",
    "/edge/query?sure=yes, sure, type",
    "/edge/query?sure=, sure, type",
    "/edge/query?text=%zz, text, malformed",
    "/edge/query?text=%, text, malformed",
    "/edge/query?text=%ff, text, malformed",
    "/edge/query?text=%ed%a0%80, text, malformed",
    "/edge/query?text=a%00b, text, malformed",
    "/edge/query?%00=a, %00, malformed",
    "/edge/required, needed_value, required",
    "/edge/limited?most_rows=11, most_rows, max",
    "/edge/list?limit=0, limit, range",
    "/edge/list?limit=101, limit, range",
    "/edge/list?limit=-1, limit, range",
    "/edge/list?limit=ten, limit, range",
    "/edge/list?limit=99999999999999999999, limit, range",
    "/edge/list?limit=, limit, range",
    "/edge/list?limit=1&limit=2, limit, repeated",
    "/edge/list?cursor=x, cursor, cursor",
    "/edge/list?cursor=, cursor, cursor",
    "/edge/list?cursor=AAAA_-, cursor, cursor"
  })
  void brokenParameterIsNamed(String path, String field, String rule) {
    ApiClient.Answer answer = api.get(path).send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(problem(answer).path("type").asText())
        .isEqualTo("urn:turnout:problem:invalid_parameter");
    assertThat(problem(answer).at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(problem(answer).at("/errors/0/rule").asText()).isEqualTo(rule);
  }

  @Test
  void pagesFollowOneAnother() {
    JsonNode first = api.get("/edge/list").send().json();
    JsonNode second =
        api.get("/edge/list?cursor=" + first.path("next_cursor").asText()).send().json();

    assertThat(first.path("data")).hasSize(20);
    assertThat(second.path("data").get(0).asInt()).isEqualTo(20);
    assertThat(second.path("data")).hasSize(10);
    assertThat(second.has("next_cursor")).isTrue();
    assertThat(second.path("next_cursor").isNull()).isTrue();
  }

  @Test
  void editedCursorIsRefused() {
    String cursor = api.get("/edge/list?limit=5").send().json().path("next_cursor").asText();

    for (int i = 0; i < cursor.length(); i++) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      String edited = cursor.substring(0, i) + other + cursor.substring(i + 1);
      assertThat(api.get("/edge/list?cursor=" + edited).send().status()).isEqualTo(400);
    }
  }

  @Test
  void cookiesComeInAndSeveralGoOut() {
    ApiClient.Answer answer = api.get("/edge/cookies").cookie("a=1").cookie("b=2").send();

    assertThat(answer.json().path("seen").asText()).isEqualTo("2");
    assertThat(answer.cookies()).containsExactlyInAnyOrder("first=1", "second=2; HttpOnly");
    assertThat(answer.header("Set-Cookie")).isNull();
    assertThat(answer.header("X-Many")).isEqualTo("a,b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1a\"", "*", "\"0\", \"1a\"", "W/\"1a\",\"1a\""})
  void updateOfTheVersionThatWasSeenIsTaken(String seen) {
    ApiClient.Answer answer = api.call("PUT", THING).header("If-Match", seen).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).isEqualTo("\"1b\"");
  }

  /// A weak tag does not say that it is the same.
  @ParameterizedTest
  @ValueSource(strings = {"\"1b\"", "W/\"1a\"", "\"\""})
  void updateOfAnotherVersionIsRefused(String seen) {
    assertThat(api.call("PUT", THING).header("If-Match", seen).send().status()).isEqualTo(412);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1a", "\"1a", "\"1a\",", "\"1a\" \"1b\"", ",", "\"a\", *"})
  void whatIsNoEntityTagIsRefused(String seen) {
    ApiClient.Answer answer = api.call("PUT", THING).header("If-Match", seen).send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("If-Match");
  }

  @Test
  void updateWithoutAVersionIsRefused() {
    assertThat(api.call("PUT", THING).send().status()).isEqualTo(428);
  }

  @Test
  void whatTheCallerHasIsNotSentAgain() {
    String tag = String.valueOf(api.get("/edge/names/ana").send().header("ETag"));

    ApiClient.Answer known =
        api.get("/edge/names/ana").header("If-None-Match", "\"x\", " + tag).send();
    ApiClient.Answer other = api.get("/edge/names/eva").header("If-None-Match", tag).send();

    assertThat(tag).startsWith("W/");
    assertThat(known.status()).isEqualTo(304);
    assertThat(known.body()).isEmpty();
    assertThat(known.header("ETag")).isEqualTo(tag);
    assertThat(known.header("X-Request-Id")).isNotNull();
    assertThat(other.status()).isEqualTo(200);
  }

  @Test
  void callerIsWhoApiGatewaySaw() {
    assertThat(api.get("/edge/caller").send().json().path("address").asText())
        .isEqualTo("192.0.2.1");
  }

  @Test
  void binaryAnswersAreBase64() {
    var response = function.handleRequest(api.get("/edge/image").event(), null);

    assertThat(response.getIsBase64Encoded()).isTrue();
    assertThat(response.getBody()).isEqualTo("bm90IHRleHQ6IP8=");
  }

  @Test
  void emptyAnswerHasNoBody() {
    ApiClient.Answer answer = api.get("/edge/nothing").send();

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("X-Request-Id")).isNotBlank();
  }

  @Test
  void requestIdIsTheCallersWhenWellFormedElseApiGateways() {
    String given = "b3JkZXItMTIzNDU2";
    APIGatewayV2HTTPEvent event = api.get(THING).event();

    assertThat(api.get(THING).header("X-Request-Id", given).send().header("X-Request-Id"))
        .isEqualTo(given);
    for (String unfit : List.of("short", "with space in it", "a".repeat(65), "<script>alert(1)")) {
      assertThat(api.get(THING).header("x-request-id", unfit).send().header("X-Request-Id"))
          .isNotEqualTo(unfit);
    }
    assertThat(function.handleRequest(event, null).getHeaders().get("X-Request-Id"))
        .isEqualTo(event.getRequestContext().getRequestId());
  }

  @ParameterizedTest
  @CsvSource({
    "problem, 429, rate_limited, 2",
    "wrapped-problem, 409, conflict,",
    "connection, 503, unavailable, 2",
    "pool, 503, unavailable, 2",
    "shutdown, 503, unavailable, 2",
    "too-many, 503, unavailable, 2",
    "constraint, 500, internal_error,",
    "secret, 500, internal_error,",
    "recursion, 500, internal_error,",
    "text, 500, internal_error,",
    "linkage, 500, internal_error,",
    "missing, 404, not_found,"
  })
  void everyFailureIsAProblem(String how, int status, String slug, String retryAfter) {
    ApiClient.Answer answer = api.get("/edge/fail/" + how).send();

    assertThat(answer.status()).isEqualTo(status);
    assertThat(problem(answer).path("type").asText()).isEqualTo("urn:turnout:problem:" + slug);
    assertThat(problem(answer).path("request_id").asText())
        .isEqualTo(answer.header("X-Request-Id"));
    assertThat(answer.header("Retry-After")).isEqualTo(retryAfter);
    assertThat(answer.body()).doesNotContain("swordfish").doesNotContain("a@b.c");
  }

  @Test
  void unauthorizedSaysHow() {
    ApiClient.Answer answer = api.get("/edge/fail/token").send();

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"turnout\", error=\"invalid_token\"");
  }

  @Test
  void unknownRouteIsNotFound() {
    for (String path : List.of("/", "/nowhere", "/edge", "/edge/names/a%2Fb", "//edge", "/..%2f")) {
      ApiClient.Answer answer = api.get(path).send();

      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(problem(answer).path("type").asText()).endsWith(":not_found");
    }
  }

  @Test
  void otherMethodIsNotAllowed() {
    for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "PURGE")) {
      ApiClient.Answer answer = api.call(method, "/edge/strict").send();

      assertThat(answer.status()).as(method).isEqualTo(405);
      assertThat(answer.header("Allow")).isEqualTo("POST");
      assertThat(problem(answer).path("type").asText()).endsWith(":method_not_allowed");
    }
  }

  @Test
  void formsThatNobodyHasAreRefused() {
    ApiClient.Answer notAcceptable = api.get(THING).header("Accept", "text/html").send();

    assertThat(notAcceptable.status()).isEqualTo(406);
    assertThat(problem(notAcceptable).path("type").asText()).endsWith(":not_acceptable");
    for (String accept : List.of("*/*", "application/json", "application/*", "nonsense", ",;=")) {
      assertThat(api.get(THING).header("Accept", accept).send().status()).as(accept).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json; charset=nonsense",
        "nonsense",
        ";",
        "a/b/c/d",
        "application/json; charset="
      })
  void otherContentTypesAreUnsupported(String type) {
    ApiClient.Answer answer =
        api.post("/edge/strict")
            .header("Content-Type", type)
            .rawBody("{\"name\":\"a\"}", false)
            .send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(415);
    assertThat(problem(answer).path("type").asText()).endsWith(":unsupported_media_type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"",
        "APPLICATION/JSON"
      })
  void jsonIsTaken(String type) {
    assertThat(
            api.post("/edge/strict")
                .header("Content-Type", type)
                .rawBody("{\"name\":\"a\"}", false)
                .send()
                .status())
        .isEqualTo(201);
  }

  @Test
  void missingContentTypeIsTakenForJson() {
    assertThat(api.post("/edge/strict").rawBody("{\"name\":\"a\"}", false).send().status())
        .isEqualTo(201);
  }

  @Test
  void bodiesComeInBase64OrAsText() {
    ApiClient.Answer bytes = api.post("/edge/bytes").bytes(new byte[] {0, (byte) 0xff, 1}).send();
    ApiClient.Answer text = api.post("/edge/bytes").rawBody("café", false).send();
    ApiClient.Answer none = api.post("/edge/bytes").rawBody(null, true).send();

    assertThat(bytes.json().path("length").asInt()).isEqualTo(3);
    assertThat(text.json().path("length").asInt()).isEqualTo(5);
    assertThat(none.json().path("length").asInt()).isZero();
  }

  @Test
  void bodyThatIsNotTheBase64ItSaysIsMalformed() {
    for (String body : List.of("{\"name\":\"a\"}", "abc", "a===", "Ä")) {
      ApiClient.Answer answer = api.post("/edge/strict").rawBody(body, true).send();

      assertThat(answer.status()).as(body).isEqualTo(400);
      assertThat(problem(answer).path("type").asText()).endsWith(":malformed_request");
    }
  }

  @Test
  void bodyOfHalfCharactersIsMalformed() {
    assertThat(api.post("/edge/strict").rawBody("{\"name\":\"\ud800\"}", false).send().status())
        .isEqualTo(400);
  }

  @Test
  void bodyOverTheLimitIsTooLarge() {
    ApiClient.Answer answer =
        api.post("/edge/strict").json("{\"name\":\"" + "a".repeat(1 << 20) + "\"}").send();

    assertThat(answer.status()).isEqualTo(413);
    assertThat(problem(answer).path("type").asText()).endsWith(":payload_too_large");
  }

  @Test
  void bodyMayComeInGzip() throws IOException {
    byte[] zipped = gzip("{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(
            api.post("/edge/strict")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "GZip")
                .bytes(zipped)
                .send()
                .status())
        .isEqualTo(201);
    assertThat(
            api.post("/edge/strict")
                .header("Content-Encoding", "identity")
                .json("{\"name\":\"a\"}")
                .send()
                .status())
        .isEqualTo(201);
  }

  @Test
  void gzipThatIsNoneIsMalformed() throws IOException {
    byte[] zipped = gzip(new byte[1000]);

    for (byte[] body :
        List.of(
            "{}".getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(zipped, zipped.length - 9),
            Arrays.copyOf(zipped, 5))) {
      assertThat(
              api.post("/edge/bytes")
                  .header("Content-Encoding", "gzip")
                  .bytes(body)
                  .send()
                  .status())
          .isEqualTo(400);
    }
  }

  @Test
  void otherCompressionsAreNotSupported() {
    for (String encoding : List.of("br", "deflate", "gzip, gzip")) {
      assertThat(
              api.post("/edge/bytes")
                  .header("Content-Encoding", encoding)
                  .bytes(new byte[1])
                  .send()
                  .status())
          .isEqualTo(415);
    }
  }

  @Test
  void bombsAreTooLarge() throws IOException {
    byte[] large = gzip(new byte[(1 << 20) + 1]);
    byte[] bomb = gzip(new byte[50 << 20]);

    assertThat(
            api.post("/edge/bytes").header("Content-Encoding", "gzip").bytes(large).send().status())
        .isEqualTo(413);
    assertThat(
            api.post("/edge/bytes").header("Content-Encoding", "gzip").bytes(bomb).send().status())
        .isEqualTo(413);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  @Test
  void oddEventsAreAnswered() {
    Stream<ApiClient.Call> calls =
        Stream.of(
            api.get(THING).header("x y", "z"),
            api.get(THING).header("X-Odd", "a\u0000\r\nb: c"),
            api.get(THING).header("Cookie", "=;;=;\"").cookie("").cookie("novalue").cookie("=x"),
            api.get(THING).header("X-Forwarded-For", "nonsense").header("Host", "]["),
            api.get(THING).header("Content-Length", "-5"),
            api.get(THING).header("Accept-Language", ";;;").header("Accept-Charset", "none"));

    calls.forEach(
        call -> assertThat(call.send().status()).as(call.event().toString()).isEqualTo(200));
  }

  @Test
  void eventWithoutItsPartsIsAProblem() {
    APIGatewayV2HTTPEvent event = api.get(THING).event();
    event.setHeaders(null);
    event.setRawQueryString(null);
    event.setRawPath(null);

    var response = function.handleRequest(event, null);

    assertThat(response.getStatusCode()).isEqualTo(404);
    assertThat(function.handleRequest(new APIGatewayV2HTTPEvent(), null).getStatusCode())
        .isEqualTo(400);
  }

  @Test
  void pathsThatNoPathMayHaveAreMalformed() {
    for (String path : List.of("/edge/names/a\u0000b", "/edge/names/\ud800")) {
      APIGatewayV2HTTPEvent event = api.get(THING).event();
      event.setRawPath(path);

      assertThat(function.handleRequest(event, null).getStatusCode()).isEqualTo(400);
    }
  }

  @Test
  void lambdasOwnContextIsNotKept() {
    // What a handler of Micronaut's registers at every call, for ever.
    function
        .context()
        .getBean(LambdaContextFactory.class)
        .registerSingletons(new MockLambdaContext());

    assertThat(function.context().containsBean(Context.class)).isFalse();
  }

  private static JsonNode problem(ApiClient.Answer answer) {
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    JsonNode problem = answer.json();
    assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
    assertThat(problem.properties().stream().map(Map.Entry::getKey))
        .containsExactly("type", "title", "status", "detail", "request_id", "errors");
    return problem;
  }
}
