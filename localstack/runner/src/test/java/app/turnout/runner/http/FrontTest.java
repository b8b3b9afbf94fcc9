package app.turnout.runner.http;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.runner.ProductClock;
import app.turnout.runner.fixture.Deployment;
import app.turnout.runner.fixture.FixtureValues;
import app.turnout.runner.function.Functions;
import app.turnout.runner.template.Template;
import app.turnout.runner.websocket.WebSocketLimits;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrontTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TEMPLATE =
      """
      Resources:
        Api:
          Type: AWS::Serverless::HttpApi
          Properties:
            RouteSettings:
              'GET /limited': { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 2 }
            AccessLogSettings:
              Format: >-
                {"route":"$context.routeKey","status":"$context.status","ms":"$context.responseLatency",
                "error":"$context.error.message","integration":"$context.integrationErrorMessage"}
            CorsConfiguration:
              AllowOrigins: [https://page.example]
              AllowMethods: [GET, POST]
              AllowHeaders: [authorization, x-one]
              ExposeHeaders: [etag]
              MaxAge: 600
        Echo:
          Type: AWS::Serverless::Function
          Properties:
            CodeUri: code/
            Handler: app.turnout.runner.fixture.EchoFunction
            Timeout: 29
            Events:
              Get: { Type: HttpApi, Properties: { Method: GET, Path: '/echo/{id}' } }
              Post: { Type: HttpApi, Properties: { Method: POST, Path: '/echo/{id}' } }
              Limited: { Type: HttpApi, Properties: { Method: GET, Path: /limited } }
              Literal: { Type: HttpApi, Properties: { Method: GET, Path: /echo/fixed } }
              Greedy: { Type: HttpApi, Properties: { Method: ANY, Path: '/files/{path+}' } }
        Answer:
          Type: AWS::Serverless::Function
          Properties:
            CodeUri: code/
            Handler: app.turnout.runner.fixture.AnswerFunction
            Timeout: 1
            Events:
              Post: { Type: HttpApi, Properties: { Method: POST, Path: /answer } }
        Missing:
          Type: AWS::Serverless::Function
          Properties:
            CodeUri: nowhere/
            Handler: none.Such
            Events:
              Get: { Type: HttpApi, Properties: { Method: GET, Path: /missing } }
      """;
  private static final Instant START = Instant.parse("2019-02-18T07:30:00Z");

  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable Functions functions;
  private @Nullable Front front;
  private Path accessLog = Path.of("access.log");

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    Path file = new Deployment(directory).code("code").template(TEMPLATE);
    Template template = Template.read(file, Map.of(), FixtureValues.NONE);
    functions = new Functions(template.functions(), directory, directory.resolve("configuration"));
    accessLog = directory.resolve("access.log");
    front = Front.start(0, template, functions, ProductClock.startingAt(START, 1), accessLog);
  }

  @AfterAll
  void stop() {
    if (front != null && functions != null) {
      front.close();
      functions.close();
    }
  }

  @Test
  void theEventIsThatOfPayloadFormatTwo() throws Exception {
    HttpResponse<String> response =
        send(
            request("/echo/a%20b%2Fc?q=one&q=two%2C&empty=&plus=a+b")
                .header("X-Mixed", "one")
                .header("x-mixed", "two")
                .header("Cookie", "a=1; b=2")
                .header("User-Agent", "test"));

    JsonNode event = JSON.readTree(response.body());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(event.at("/version").asText()).isEqualTo("2.0");
    assertThat(event.at("/routeKey").asText()).isEqualTo("GET /echo/{id}");
    assertThat(event.at("/rawPath").asText()).isEqualTo("/echo/a b/c");
    assertThat(event.at("/pathParameters/id").asText()).isEqualTo("a b/c");
    assertThat(event.at("/rawQueryString").asText()).isEqualTo("q=one&q=two%2C&empty=&plus=a+b");
    assertThat(event.at("/queryStringParameters"))
        .isEqualTo(JSON.readTree("{\"q\":\"one,two,\",\"empty\":\"\",\"plus\":\"a b\"}"));
    assertThat(event.at("/headers/x-mixed").asText()).isEqualTo("one,two");
    assertThat(event.at("/headers/x-forwarded-for").asText()).isEqualTo("127.0.0.1");
    assertThat(event.at("/headers").has("cookie")).isFalse();
    assertThat(event.at("/cookies")).isEqualTo(JSON.readTree("[\"a=1\",\"b=2\"]"));
    assertThat(event.at("/requestContext/http/method").asText()).isEqualTo("GET");
    assertThat(event.at("/requestContext/http/path").asText()).isEqualTo("/echo/a b/c");
    assertThat(event.at("/requestContext/http/sourceIp").asText()).isEqualTo("127.0.0.1");
    assertThat(event.at("/requestContext/http/userAgent").asText()).isEqualTo("test");
    assertThat(event.at("/requestContext/stage").asText()).isEqualTo("$default");
    assertThat(event.at("/requestContext/time").asText()).startsWith("18/Feb/2019:07:3");
    assertThat(event.at("/requestContext/requestId").asText())
        .isEqualTo(response.headers().firstValue("apigw-requestid").orElseThrow());
    assertThat(event.has("body")).isFalse();
    assertThat(event.at("/isBase64Encoded").asBoolean(true)).isFalse();
  }

  @Test
  void aRouteTakesAsManyRequestsAsItsBucketHoldsAndTheOthersTheirs() throws Exception {
    int[] codes = new int[4];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = send(request("/limited")).statusCode();
    }

    assertThat(codes).containsExactly(200, 200, 429, 429);
    HttpResponse<String> refused =
        send(request("/limited").header("Origin", "https://page.example"));
    assertThat(refused.body()).isEqualTo("{\"message\":\"Too Many Requests\"}");
    assertThat(refused.headers().firstValue("access-control-allow-origin"))
        .hasValue("https://page.example");
    assertThat(send(request("/echo/fixed")).statusCode()).isEqualTo(200);
  }

  @Test
  void eachRequestIsALineOfTheAccessLog() throws Exception {
    send(request("/echo/secret-path"));
    send(request("/no-such"));
    String wish = "throw up";
    send(request("/answer").POST(BodyPublishers.ofString(wish)));

    List<String> lines = Files.readAllLines(accessLog);
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "\\{\"route\":\"GET /echo/\\{id}\",\"status\":\"200\",\"ms\":\"\\d+\", .*"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "\\{\"route\":\"-\",\"status\":\"404\",\"ms\":\"\\d+\","
                            + " \"error\":\"Not Found\",\"integration\":\"-\"}"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "\\{\"route\":\"POST /answer\",\"status\":\"500\",\"ms\":\"\\d+\","
                            + " \"error\":\"Internal Server Error\","
                            + "\"integration\":\"The function failed, see its own log\"}"))
        .noneSatisfy(line -> assertThat(line).contains("secret-path"));
  }

  @Test
  void textStaysTextAndEverythingElseIsBase64() throws Exception {
    assertThat(body("application/json; charset=utf-8", "{\"ü\":1}")).isEqualTo("{\"ü\":1} false");
    assertThat(body("text/plain", "ü")).isEqualTo("ü false");
    assertThat(body("application/x-www-form-urlencoded", "a=1")).isEqualTo("YT0x true");
    assertThat(body("application/octet-stream", "x")).isEqualTo("eA== true");
  }

  @Test
  void aBodyThatIsNotUtf8ComesAsItWasSent() throws Exception {
    HttpResponse<String> response =
        send(
            request("/echo/1")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xff, '"'})));

    JsonNode event = JSON.readTree(response.body());
    assertThat(event.at("/isBase64Encoded").asBoolean()).isTrue();
    assertThat(event.at("/body").asText()).isEqualTo("Iv8i");
  }

  @Test
  void literalsComeBeforeParametersAndGreedyOnesLast() throws Exception {
    assertThat(routeKey("GET", "/echo/fixed")).isEqualTo("GET /echo/fixed");
    assertThat(routeKey("GET", "/echo/other")).isEqualTo("GET /echo/{id}");
    assertThat(routeKey("DELETE", "/files/a/b")).isEqualTo("ANY /files/{path+}");
    assertThat(
            JSON.readTree(send(request("/files/a/b%20c")).body())
                .at("/pathParameters/path")
                .asText())
        .isEqualTo("a/b c");
  }

  @Test
  void whatNoRouteTakesIsNotFound() throws Exception {
    for (String path : new String[] {"/", "/nothing", "/echo", "/echo/", "/echo/1/", "/echo//1"}) {
      HttpResponse<String> response = send(request(path));
      assertThat(response.statusCode()).as(path).isEqualTo(404);
      assertThat(response.body()).isEqualTo("{\"message\":\"Not Found\"}");
      assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    }
    assertThat(send(request("/echo/1").method("PUT", BodyPublishers.noBody())).statusCode())
        .isEqualTo(404);
    assertThat(send(request("/echo/1").method("HEAD", BodyPublishers.noBody())).statusCode())
        .isEqualTo(404);
  }

  @Test
  void pathsAndQueriesThatAreNotWellEncodedAreBadRequests() throws Exception {
    assertThat(raw("GET /echo/%zz HTTP/1.1"))
        .startsWith("HTTP/1.1 400")
        .contains("{\"message\":\"Bad Request\"}");
    assertThat(raw("GET /echo/%ff HTTP/1.1"))
        .startsWith("HTTP/1.1 400")
        .contains("{\"message\":\"Bad Request\"}");
    assertThat(raw("GET /echo/1?q=%ff HTTP/1.1"))
        .startsWith("HTTP/1.1 400")
        .contains("{\"message\":\"Bad Request\"}");
  }

  @Test
  void answersKeepStatusHeadersAndCookies() throws Exception {
    HttpResponse<String> response = answer("cookies");

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("done");
    assertThat(response.headers().firstValue("content-type")).hasValue("text/x-wish");
    assertThat(response.headers().firstValue("x-one")).hasValue("1");
    assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1; HttpOnly", "b=2");
    assertThat(response.headers().firstValue("access-control-allow-origin")).isEmpty();
  }

  @Test
  void answersOfOtherShapesAreUnderstood() throws Exception {
    assertThat(answer("plain").body()).isEqualTo("{\"name\":\"value\"}");
    assertThat(answer("plain").headers().firstValue("content-type")).hasValue("application/json");
    assertThat(answer("string").body()).isEqualTo("just text");
    assertThat(answer("status").statusCode()).isEqualTo(204);
    assertThat(answer("any").headers().firstValue("content-type"))
        .hasValue("text/plain;charset=UTF-8");
    byte[] bytes =
        client
            .send(
                request("/answer")
                    .POST(BodyPublishers.ofString("base64"))
                    .header("Content-Type", "text/plain")
                    .build(),
                BodyHandlers.ofByteArray())
            .body();
    assertThat(bytes).containsExactly(0, 1, 2, 0xff);
  }

  @Test
  void whatAFunctionDoesWrongIsAnInternalServerError() throws Exception {
    for (String wish : new String[] {"throw", "nonsense", "large", "sleep 5000"}) {
      HttpResponse<String> response = answer(wish);
      assertThat(response.statusCode()).as(wish).isEqualTo(500);
      assertThat(response.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
    }
    assertThat(send(request("/missing")).statusCode()).isEqualTo(500);
  }

  @Test
  void whoeverTakesLongerThanTheGatewayWaitsIsUnavailable(@TempDir Path directory)
      throws Exception {
    Path file = new Deployment(directory).code("code").template(TEMPLATE);
    Template template = Template.read(file, Map.of(), FixtureValues.NONE);
    try (Functions slow =
            new Functions(template.functions(), directory, directory.resolve("configuration"));
        Front impatient =
            Front.start(
                0,
                template,
                slow,
                ProductClock.system(),
                Duration.ofMillis(1),
                WebSocketLimits.AWS)) {
      HttpResponse<String> response =
          send(
              HttpRequest.newBuilder(impatient.uri().resolve("/answer"))
                  .header("Content-Type", "text/plain")
                  .POST(BodyPublishers.ofString("sleep 200")));

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).isEqualTo("{\"message\":\"Service Unavailable\"}");
    }
  }

  @Test
  void theContextTellsTheTimeThatIsLeft() throws Exception {
    JsonNode context = JSON.readTree(answer("remaining").body());

    assertThat(context.at("/left").asInt()).isBetween(1, 1000);
    assertThat(context.at("/id").asText()).hasSize(36);
  }

  @Test
  void bodiesOverTenMegabytesAndEventsOverSixAreTooLarge() throws Exception {
    for (int size : new int[] {10 * 1024 * 1024 + 1, 6 * 1024 * 1024}) {
      HttpResponse<String> response =
          send(
              request("/echo/1")
                  .header("Content-Type", "text/plain")
                  .POST(BodyPublishers.ofString("x".repeat(size))));
      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(response.body()).isEqualTo("{\"message\":\"Request Entity Too Large\"}");
    }
  }

  @Test
  void headersOverTenKilobytesAreTooLarge() throws Exception {
    HttpResponse<String> response = send(request("/echo/1").header("x-long", "x".repeat(11_000)));

    assertThat(response.statusCode()).isEqualTo(431);
    assertThat(response.body()).isEqualTo("{\"message\":\"Request Header Fields Too Large\"}");
  }

  @Test
  void preflightsAreAnsweredForTheOriginsOfTheTemplate() throws Exception {
    String allowed =
        raw(
            "OPTIONS /answer HTTP/1.1",
            "Origin: https://page.example",
            "Access-Control-Request-Method: POST");
    String foreign =
        raw(
            "OPTIONS /answer HTTP/1.1",
            "Origin: https://other.example",
            "Access-Control-Request-Method: POST");

    assertThat(allowed)
        .startsWith("HTTP/1.1 204")
        .containsIgnoringCase("access-control-allow-origin: https://page.example")
        .containsIgnoringCase("access-control-allow-methods: GET,POST")
        .containsIgnoringCase("access-control-allow-headers: authorization,x-one")
        .containsIgnoringCase("access-control-max-age: 600");
    assertThat(foreign).startsWith("HTTP/1.1 204").doesNotContainIgnoringCase("access-control-");
    assertThat(raw("GET /echo/1 HTTP/1.1", "Origin: https://page.example"))
        .containsIgnoringCase("access-control-allow-origin: https://page.example")
        .containsIgnoringCase("access-control-expose-headers: etag");
  }

  private HttpResponse<String> answer(String wish) throws IOException, InterruptedException {
    return send(
        request("/answer")
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString(wish)));
  }

  private String body(String type, String content) throws IOException, InterruptedException {
    HttpResponse<String> response =
        send(
            request("/echo/1").header("Content-Type", type).POST(BodyPublishers.ofString(content)));
    JsonNode event = JSON.readTree(response.body());
    return event.at("/body").asText() + " " + event.at("/isBase64Encoded").asBoolean();
  }

  private String routeKey(String method, String path) throws IOException, InterruptedException {
    HttpResponse<String> response = send(request(path).method(method, BodyPublishers.noBody()));
    return JSON.readTree(response.body()).at("/routeKey").asText();
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create(uri() + pathAndQuery));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private URI uri() {
    if (front == null) {
      throw new IllegalStateException("not started");
    }
    return front.uri();
  }

  /// What the JDK's client would not send.
  private String raw(String... lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri().getPort());
        OutputStream output = socket.getOutputStream();
        InputStream input = socket.getInputStream()) {
      String request =
          String.join("\r\n", lines) + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      output.write(request.getBytes(StandardCharsets.US_ASCII));
      output.flush();
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
