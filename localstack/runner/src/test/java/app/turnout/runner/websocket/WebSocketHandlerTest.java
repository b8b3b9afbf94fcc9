package app.turnout.runner.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.runner.ProductClock;
import app.turnout.runner.fixture.Await;
import app.turnout.runner.fixture.Deployment;
import app.turnout.runner.fixture.FixtureValues;
import app.turnout.runner.fixture.RawWebSocket;
import app.turnout.runner.fixture.RawWebSocket.Frame;
import app.turnout.runner.function.FunctionConfiguration;
import app.turnout.runner.function.Functions;
import app.turnout.runner.http.Front;
import app.turnout.runner.template.FunctionSpec;
import app.turnout.runner.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GetConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PayloadTooLargeException;

class WebSocketHandlerTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant START = Instant.parse("2019-02-18T07:30:00Z");
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final WebSocketLimits LIMITS = WebSocketLimits.AWS;

  private final List<AutoCloseable> open = new ArrayList<>();
  @TempDir private Path directory;
  private @Nullable Front front;
  private @Nullable ApiGatewayManagementApiClient management;

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @Test
  void theFunctionSeesWhoConnectsAndWithWhat() throws Exception {
    start(LIMITS);

    RawWebSocket client = connect("?ticket=a%20b&ticket=c&empty", "X-One: 1", "User-Agent: test");

    JsonNode event = events(1).getFirst();
    assertThat(client.status()).isEqualTo(101);
    assertThat(event.at("/requestContext/eventType").asText()).isEqualTo("CONNECT");
    assertThat(event.at("/requestContext/routeKey").asText()).isEqualTo("$connect");
    assertThat(event.at("/requestContext/connectionId").asText()).hasSize(16).endsWith("=");
    assertThat(event.at("/requestContext/stage").asText()).isEqualTo("talk");
    assertThat(event.at("/requestContext/messageDirection").asText()).isEqualTo("IN");
    assertThat(event.at("/requestContext/requestTime").asText()).startsWith("18/Feb/2019:07:3");
    assertThat(Instant.ofEpochMilli(event.at("/requestContext/connectedAt").asLong()))
        .isBetween(START, START.plusSeconds(60));
    assertThat(event.at("/requestContext/identity"))
        .isEqualTo(JSON.readTree("{\"userAgent\":\"test\",\"sourceIp\":\"127.0.0.1\"}"));
    assertThat(event.at("/requestContext/domainName").asText())
        .isEqualTo(front().uri().getAuthority());
    assertThat(event.at("/queryStringParameters"))
        .isEqualTo(JSON.readTree("{\"ticket\":\"c\",\"empty\":\"\"}"));
    assertThat(event.at("/multiValueQueryStringParameters/ticket"))
        .isEqualTo(JSON.readTree("[\"a b\",\"c\"]"));
    assertThat(event.at("/headers/X-One").asText()).isEqualTo("1");
    assertThat(event.at("/multiValueHeaders/X-Forwarded-For/0").asText()).isEqualTo("127.0.0.1");
    assertThat(event.at("/isBase64Encoded").asBoolean(true)).isFalse();
    assertThat(event.has("body")).isFalse();
  }

  @Test
  void theAnswerToConnectDecidesTheHandshake() throws Exception {
    start(LIMITS);

    assertThat(connect("?answer=204").status()).isEqualTo(101);
    RawWebSocket forbidden = connect("?answer=403");
    assertThat(forbidden.status()).isEqualTo(403);
    assertThat(JSON.readTree(forbidden.body()).at("/message").asText()).isEqualTo("Forbidden");
    assertThat(connect("?answer=401").status()).isEqualTo(401);
    assertThat(connect("?answer=500").status()).isEqualTo(500);
    assertThat(connect("?throw").status()).isEqualTo(502);
    assertThat(connect("?shapeless").status()).isEqualTo(502);
    assertThat(connect("?x=%zz").status()).isEqualTo(400);

    assertThat(Await.read(seen())).hasSize(6).noneMatch(event -> event.contains("DISCONNECT"));
  }

  @Test
  void theFunctionChoosesAmongTheProtocolsThatAreOffered() throws Exception {
    start(LIMITS);

    assertThat(connect("", "Sec-WebSocket-Protocol: one, two").response())
        .anyMatch(line -> line.equalsIgnoreCase("Sec-WebSocket-Protocol: two"));
    assertThat(connect("", "Sec-WebSocket-Extensions: permessage-deflate").response())
        .noneMatch(line -> line.contains("-Protocol") || line.contains("Extensions"));
  }

  @Test
  void lambdasOwnTypesFitTheEvents() throws Exception {
    start(LIMITS, "TypedTalkFunction");

    RawWebSocket client = connect("?ticket=abc");
    client.send("{\"action\":\"echo\"}");

    assertThat(connect("?ticket=other").status()).isEqualTo(403);
    assertThat(client.read().text())
        .matches("MESSAGE echo [\\w-]{15}= 127\\.0\\.0\\.1 \\{\"action\":\"echo\"}");
    client.sendClose(1000, "");
    assertThat(Await.lines(seen(), 4)).anyMatch(line -> line.startsWith("DISCONNECT $disconnect"));
  }

  @Test
  void messagesGoWhereTheirActionSays() throws Exception {
    start(LIMITS);
    RawWebSocket client = connect("");

    for (String message :
        List.of(
            "{\"action\":\"quiet\"}",
            "{\"action\":\"other\"}",
            "{\"action\":\"$connect\"}",
            "{\"action\":{}}",
            "[]",
            "no JSON",
            "")) {
      client.send(message);
    }

    List<JsonNode> events = events(8).subList(1, 8);
    assertThat(events)
        .filteredOn(event -> event.at("/requestContext/routeKey").asText().equals("quiet"))
        .extracting(event -> event.at("/body").asText())
        .containsExactly("{\"action\":\"quiet\"}");
    assertThat(events)
        .filteredOn(event -> event.at("/requestContext/routeKey").asText().equals("$default"))
        .extracting(event -> event.at("/body").asText())
        .containsExactlyInAnyOrder(
            "{\"action\":\"other\"}",
            "{\"action\":\"$connect\"}",
            "{\"action\":{}}",
            "[]",
            "no JSON",
            "");
    assertThat(events)
        .allMatch(event -> event.at("/requestContext/eventType").asText().equals("MESSAGE"))
        .extracting(event -> event.at("/requestContext/messageId").asText())
        .doesNotHaveDuplicates();
  }

  @Test
  void onlyARouteWithAResponseAnswers() throws Exception {
    start(LIMITS);
    RawWebSocket client = connect("");

    client.send("{\"action\":\"quiet\",\"n\":1}");
    events(2);
    client.send("{\"action\":\"echo\",\"text\":\"grüß dich\"}");

    assertThat(client.read().text()).isEqualTo("{\"action\":\"echo\",\"text\":\"grüß dich\"}");
  }

  @Test
  void aFunctionThatFailsIsToldToTheClientWhichStays() throws Exception {
    start(LIMITS);
    RawWebSocket client = connect("");

    client.send("{\"action\":\"quiet\",\"wish\":\"throw\"}");
    JsonNode failure = JSON.readTree(client.read().text());
    client.send("{\"action\":\"echo\"}");

    assertThat(failure.at("/message").asText()).isEqualTo("Internal server error");
    assertThat(failure.at("/connectionId").asText()).isEqualTo(connectionId(0));
    assertThat(failure.at("/requestId").asText()).isNotEmpty();
    assertThat(client.read().text()).isEqualTo("{\"action\":\"echo\"}");
  }

  @Test
  void moreThanTheStageTakesIsRefusedAndTheConnectionStays() throws Exception {
    start(
        LIMITS,
        "TalkFunction",
        "{ $connect: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 1 },"
            + " quiet: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: 2 } }");
    RawWebSocket client = connect("");
    for (int i = 1; i <= 3; i++) {
      client.send("{\"action\":\"quiet\",\"n\":" + i + "}");
    }
    JsonNode refusal = JSON.readTree(client.read().text());
    client.send("{\"action\":\"echo\"}");

    assertThat(refusal.at("/message").asText()).isEqualTo("Too Many Requests");
    assertThat(refusal.at("/connectionId").asText()).isEqualTo(connectionId(0));
    assertThat(client.read().text()).isEqualTo("{\"action\":\"echo\"}");
    assertThat(connect("").status()).isEqualTo(429);
    assertThat(events(4))
        .extracting(event -> event.at("/requestContext/routeKey").asText())
        .containsExactlyInAnyOrder("$connect", "quiet", "quiet", "echo");
  }

  @Test
  void theSdkPostsLooksAndDeletes() throws Exception {
    start(LIMITS);
    RawWebSocket client = connect("", "User-Agent: test");
    String id = connectionId(0);

    ApiGatewayManagementApiClient management = management();
    post(id, "grüß dich");
    GetConnectionResponse told = management.getConnection(request -> request.connectionId(id));
    assertThat(client.read().text()).isEqualTo("grüß dich");
    assertThat(told.connectedAt()).isBetween(START, START.plusSeconds(60));
    assertThat(told.lastActiveAt()).isBetween(START, START.plusSeconds(60));
    assertThat(told.identity().sourceIp()).isEqualTo("127.0.0.1");
    assertThat(told.identity().userAgent()).isEqualTo("test");

    management.deleteConnection(request -> request.connectionId(id));
    assertThat(client.read().closeCode()).isEqualTo(1000);
    assertThatThrownBy(() -> post(id, "late")).isInstanceOf(GoneException.class);
    assertThatThrownBy(() -> management.getConnection(request -> request.connectionId(id)))
        .isInstanceOf(GoneException.class);
    assertThatThrownBy(() -> management.deleteConnection(request -> request.connectionId(id)))
        .isInstanceOf(GoneException.class);
    assertThatThrownBy(() -> post("any other", "x")).isInstanceOf(GoneException.class);
  }

  @Test
  void theManagementApiIsForWhoHasCredentials() throws Exception {
    start(LIMITS);
    connect("");

    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(front().uri().resolve("/talk/@connections/" + connectionId(0)))
                  .build(),
              BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(403);
      assertThat(response.headers().firstValue("x-amzn-errortype")).hasValue("ForbiddenException");
    }
  }

  @Test
  void theLongestMessageComesInFramesAndOneByteMoreIsTooLarge() throws Exception {
    start(LIMITS);
    RawWebSocket client = connect("");
    String id = connectionId(0);
    String longest = "x".repeat(128 * 1024);

    assertThatThrownBy(() -> post(id, longest + "x")).isInstanceOf(PayloadTooLargeException.class);
    post(id, longest);
    List<Frame> frames = List.of(client.read(), client.read(), client.read(), client.read());

    assertThat(frames).extracting(frame -> frame.text().length()).containsOnly(32 * 1024);
    assertThat(frames).extracting(Frame::kind).containsExactly(1, 0, 0, 0);
    assertThat(frames).extracting(Frame::last).containsExactly(false, false, false, true);
  }

  @Test
  void longMessagesAreTakenInFramesAndLongerOnesEndTheConnection() throws Exception {
    start(LIMITS);
    byte[] frame = "x".repeat(32 * 1024).getBytes(StandardCharsets.UTF_8);
    RawWebSocket fits = connect("");
    RawWebSocket longFrame = connect("");
    RawWebSocket longMessage = connect("");

    for (int i = 0; i < 4; i++) {
      fits.send(i == 0 ? RawWebSocket.TEXT : RawWebSocket.CONTINUATION, i == 3, frame);
      longMessage.send(i == 0 ? RawWebSocket.TEXT : RawWebSocket.CONTINUATION, false, frame);
    }
    longMessage.send(RawWebSocket.CONTINUATION, true, new byte[] {'x'});
    longFrame.send("x".repeat(32 * 1024 + 1));

    assertThat(longFrame.read().closeCode()).isEqualTo(1009);
    assertThat(longMessage.read().closeCode()).isEqualTo(1009);
    longMessage.sendClose(1009, "");
    assertThat(eventsOf("MESSAGE", 1).getFirst().at("/body").asText()).hasSize(128 * 1024);
    assertThat(eventsOf("DISCONNECT", 2))
        .extracting(event -> event.at("/requestContext/disconnectStatusCode").asInt())
        .containsOnly(1009);
  }

  @Test
  void whatIsNotTextEndsTheConnection() throws Exception {
    start(LIMITS);
    RawWebSocket binary = connect("");
    RawWebSocket crooked = connect("");

    binary.send(RawWebSocket.BINARY, true, new byte[] {1});
    crooked.send(RawWebSocket.TEXT, true, new byte[] {(byte) 0xff});

    assertThat(binary.read().closeCode()).isEqualTo(1003);
    assertThat(crooked.read().closeCode()).isEqualTo(1007);
  }

  @Test
  void pingsAreAnswered() throws Exception {
    start(LIMITS);
    RawWebSocket client = connect("");

    client.send(RawWebSocket.PING, true, "one".getBytes(StandardCharsets.UTF_8));

    Frame pong = client.read();
    assertThat(pong.kind()).isEqualTo(RawWebSocket.PONG);
    assertThat(pong.text()).isEqualTo("one");
  }

  @Test
  void theEndIsToldOnceAndWhy() throws Exception {
    start(LIMITS);
    RawWebSocket polite = connect("");
    polite.sendClose(4000, "enough");
    assertThat(polite.read().closeCode()).isEqualTo(4000);
    JsonNode event = eventsOf("DISCONNECT", 1).getFirst();
    assertThat(event.at("/requestContext/routeKey").asText()).isEqualTo("$disconnect");
    assertThat(event.at("/requestContext/disconnectStatusCode").asInt()).isEqualTo(4000);
    assertThat(event.at("/requestContext/disconnectReason").asText()).isEqualTo("enough");
    assertThat(event.at("/requestContext/connectionId").asText()).isEqualTo(connectionId(0));

    RawWebSocket wordless = connect("");
    wordless.send(RawWebSocket.CLOSE, true, new byte[0]);
    assertThat(eventsOf("DISCONNECT", 2).getLast().at("/requestContext/disconnectReason").asText())
        .isEqualTo("Client-side close frame status not set");

    RawWebSocket vanished = connect("");
    String id = connectionId(4);
    vanished.close();
    assertThat(
            eventsOf("DISCONNECT", 3).getLast().at("/requestContext/disconnectStatusCode").asInt())
        .isEqualTo(1006);
    assertThatThrownBy(() -> post(id, "late")).isInstanceOf(GoneException.class);
  }

  @Test
  void anIdleConnectionEnds() throws Exception {
    start(limits(Duration.ofMillis(300), LONG));
    RawWebSocket client = connect("");

    assertThat(client.read().closeCode()).isEqualTo(1001);
    client.sendClose(1001, "");

    JsonNode event = eventsOf("DISCONNECT", 1).getFirst();
    assertThat(event.at("/requestContext/disconnectStatusCode").asInt()).isEqualTo(1001);
    assertThat(event.at("/requestContext/disconnectReason").asText()).isEqualTo("Going away");
  }

  @Test
  void noConnectionOutlivesItsTime() throws Exception {
    start(limits(LONG, Duration.ofMillis(300)));
    RawWebSocket client = connect("");

    assertThat(client.read().closeCode()).isEqualTo(1001);

    // It never says good-bye, and is cut off.
    eventsOf("DISCONNECT", 1);
    assertThatThrownBy(client::read).isInstanceOf(EOFException.class);
  }

  @Test
  void aClientThatDoesNotReadIsCutOffAndOthersDoNotWaitForIt() throws Exception {
    start(LIMITS);
    RawWebSocket reader = connect("");
    String reading = connectionId(0);
    connect("");
    String stuck = connectionId(1);
    String text = "x".repeat(120 * 1024);

    boolean gone = false;
    for (int i = 0; i < 2_000 && !gone; i++) {
      String message = i + text;
      post(reading, message);
      StringBuilder got = new StringBuilder();
      while (got.length() < message.length()) {
        got.append(reader.read().text());
      }
      assertThat(got).hasToString(message);
      try {
        post(stuck, message);
      } catch (GoneException e) {
        gone = true;
      }
    }

    assertThat(gone).isTrue();
    JsonNode event = eventsOf("DISCONNECT", 1).getFirst();
    assertThat(event.at("/requestContext/connectionId").asText()).isEqualTo(stuck);
    assertThat(event.at("/requestContext/disconnectStatusCode").asInt()).isEqualTo(1006);
    post(reading, "still here");
    assertThat(reader.read().text()).isEqualTo("still here");
  }

  @Test
  void onlyUpgradesAreTheWebSocketApis() throws Exception {
    start(LIMITS);

    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> page =
          http.send(
              HttpRequest.newBuilder(front().uri().resolve("/talk")).build(),
              BodyHandlers.ofString());

      assertThat(page.statusCode()).isEqualTo(404);
      assertThat(page.body()).isEqualTo("{\"message\":\"Not Found\"}");
    }
    assertThat(open("/other").status()).isEqualTo(404);
    assertThat(open("/talk", "Sec-WebSocket-Version: 12").status()).isEqualTo(400);
  }

  @Test
  void theEndOfTheFrontEndsConnections() throws Exception {
    start(LIMITS);
    RawWebSocket client = connect("");
    events(1);

    Thread closing = Thread.ofVirtual().start(() -> front().close());
    assertThat(client.read().closeCode()).isEqualTo(1001);
    client.sendClose(1001, "");
    closing.join();

    assertThat(Await.read(seen())).hasSize(2);
  }

  private static WebSocketLimits limits(Duration idle, Duration lifetime) {
    return new WebSocketLimits(
        LIMITS.frameBytes(), LIMITS.messageBytes(), LIMITS.bufferBytes(), idle, lifetime);
  }

  private void start(WebSocketLimits limits) throws IOException {
    start(limits, "TalkFunction");
  }

  private void start(WebSocketLimits limits, String handler) throws IOException {
    start(limits, handler, "{}");
  }

  private void start(WebSocketLimits limits, String handler, String settings) throws IOException {
    Path file =
        new Deployment(directory)
            .code("code")
            .template(
                """
                Resources:
                  Talk:
                    Type: AWS::Serverless::Function
                    Properties:
                      CodeUri: code/
                      Handler: app.turnout.runner.fixture.%s
                      Timeout: 20
                      Environment: { Variables: { TURNOUT_SEEN: %s } }
                  TalkPermission:
                    Type: AWS::Lambda::Permission
                    Properties:
                      Action: lambda:InvokeFunction
                      FunctionName: !Ref Talk
                      Principal: apigateway.amazonaws.com
                  Live:
                    Type: AWS::ApiGatewayV2::Api
                    Properties:
                      Name: live
                      ProtocolType: WEBSOCKET
                      RouteSelectionExpression: $request.body.action
                  Stage:
                    Type: AWS::ApiGatewayV2::Stage
                    Properties:
                      ApiId: !Ref Live
                      StageName: talk
                      AutoDeploy: true
                      RouteSettings: %s
                  Integration:
                    Type: AWS::ApiGatewayV2::Integration
                    Properties:
                      ApiId: !Ref Live
                      IntegrationType: AWS_PROXY
                      IntegrationUri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Talk.Arn}/invocations
                  Connect: { Type: AWS::ApiGatewayV2::Route, Properties: { RouteKey: $connect, Target: !Sub 'integrations/${Integration}' } }
                  Disconnect: { Type: AWS::ApiGatewayV2::Route, Properties: { RouteKey: $disconnect, Target: !Sub 'integrations/${Integration}' } }
                  Default: { Type: AWS::ApiGatewayV2::Route, Properties: { RouteKey: $default, Target: !Sub 'integrations/${Integration}' } }
                  Quiet: { Type: AWS::ApiGatewayV2::Route, Properties: { RouteKey: quiet, Target: !Sub 'integrations/${Integration}' } }
                  Echo:
                    Type: AWS::ApiGatewayV2::Route
                    Properties:
                      RouteKey: echo
                      Target: !Sub 'integrations/${Integration}'
                      RouteResponseSelectionExpression: $default
                  EchoResponse: { Type: AWS::ApiGatewayV2::RouteResponse, Properties: { RouteId: !Ref Echo, RouteResponseKey: $default } }
                """
                    .formatted(handler, seen(), settings));
    Template template = Template.read(file, Map.of(), FixtureValues.NONE);
    Path configuration = directory.resolve("configuration");
    for (FunctionSpec spec : template.functions()) {
      Files.createDirectories(configuration.resolve(spec.id()));
      Files.writeString(
          configuration.resolve(spec.id()).resolve("application-lambda.properties"),
          FunctionConfiguration.of(spec.environment(), Map.of()));
    }
    Functions functions = new Functions(template.functions(), directory, configuration);
    open.add(functions);
    front =
        Front.start(
            0,
            template,
            functions,
            ProductClock.startingAt(START, 1),
            Duration.ofSeconds(30),
            limits);
    open.add(front);
  }

  private Front front() {
    if (front == null) {
      throw new IllegalStateException("not started");
    }
    return front;
  }

  private Path seen() {
    return directory.resolve("seen");
  }

  private RawWebSocket connect(String query, String... headers) throws IOException {
    return open("/talk" + query, headers);
  }

  private RawWebSocket open(String pathAndQuery, String... headers) throws IOException {
    RawWebSocket client = RawWebSocket.open(front().uri(), pathAndQuery, headers);
    open.add(client);
    return client;
  }

  private List<JsonNode> events(int atLeast) throws Exception {
    List<JsonNode> events = new ArrayList<>();
    for (String line : Await.lines(seen(), atLeast)) {
      events.add(JSON.readTree(line));
    }
    return events;
  }

  private List<JsonNode> eventsOf(String type, int atLeast) throws Exception {
    Await.until(() -> eventsOf(type).size() >= atLeast);
    return eventsOf(type);
  }

  private List<JsonNode> eventsOf(String type) throws Exception {
    return events(0).stream()
        .filter(event -> event.at("/requestContext/eventType").asText().equals(type))
        .toList();
  }

  private String connectionId(int event) throws Exception {
    return events(event + 1).get(event).at("/requestContext/connectionId").asText();
  }

  private void post(String connectionId, String text) {
    management()
        .postToConnection(
            request -> request.connectionId(connectionId).data(SdkBytes.fromUtf8String(text)));
  }

  private ApiGatewayManagementApiClient management() {
    if (management == null) {
      management =
          ApiGatewayManagementApiClient.builder()
              .endpointOverride(URI.create(front().uri() + "/talk"))
              .region(Region.EU_CENTRAL_1)
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
              .httpClient(UrlConnectionHttpClient.create())
              .build();
      open.add(management);
    }
    return management;
  }
}
