package app.turnout.runner.websocket;

import app.turnout.runner.function.Functions;
import app.turnout.runner.http.PercentEncoding;
import app.turnout.runner.template.WebSocketSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/// The WebSocket API at the path of its stage, and below it `@connections`, its management API.
/// Other requests are left to the next handler.
public final class WebSocketHandler extends Handler.Abstract {
  private static final String MANAGEMENT = "/@connections/";

  private final WebSocketSpec api;
  private final InstantSource clock;
  private final WebSocketLimits limits;
  private final Connections connections = new Connections();
  private final Routing routing;
  private final ManagementApi management;
  private final Configuration.ConfigurationCustomizer configuration;

  /// @param clock the product's; timers run by the machine's
  public WebSocketHandler(
      WebSocketSpec api, Functions functions, InstantSource clock, WebSocketLimits limits) {
    this.api = api;
    this.clock = clock;
    this.limits = limits;
    this.routing = new Routing(api, functions, clock, connections.threads());
    this.management = new ManagementApi(connections, limits);
    this.configuration = new Configuration.ConfigurationCustomizer();
    configuration.setIdleTimeout(Duration.ZERO);
    configuration.setAutoFragment(false);
    configuration.setMaxFrameSize(limits.frameBytes());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = decoded(Optional.ofNullable(request.getHttpURI().getPath()).orElse("/"));
    if (path.startsWith("/" + api.stage() + MANAGEMENT)) {
      String connectionId = path.substring(api.stage().length() + 1 + MANAGEMENT.length());
      reply(management.answer(request, connectionId), response, callback);
      return true;
    }
    boolean here = path.equals("/" + api.stage()) || path.equals("/" + api.stage() + "/");
    if (!here || !asksForWebSocket(request)) {
      return false;
    }
    connect(request, response, callback);
    return true;
  }

  private static String decoded(String path) {
    return PercentEncoding.decode(path, false).orElse(path);
  }

  private static boolean asksForWebSocket(Request request) {
    return request.getMethod().equals("GET")
        && request.getHeaders().contains(HttpHeader.UPGRADE, "websocket");
  }

  private static void reply(ManagementApi.Reply reply, Response response, Callback callback) {
    response.setStatus(reply.status());
    if (reply.error() != null) {
      response.getHeaders().put("x-amzn-ErrorType", reply.error());
    }
    if (reply.status() == HttpStatus.PAYLOAD_TOO_LARGE_413) {
      // What is left of the body is not read.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    write(reply.body() == null ? "" : reply.body().toString(), response, callback);
  }

  private static void write(String json, Response response, Callback callback) {
    if (!json.isEmpty()) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    }
    response.write(true, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)), callback);
  }

  /// The function decides whether the connection comes about.
  private void connect(Request request, Response response, Callback callback) {
    String requestId = Routing.id();
    Client client =
        new Client(
            Routing.id(),
            clock.instant(),
            Request.getRemoteAddr(request),
            header(request, HttpHeader.USER_AGENT).orElse(""),
            header(request, HttpHeader.HOST).orElse("localhost"));
    Optional<Map<String, List<String>>> query = query(request);
    if (query.isEmpty() || header(request, HttpHeader.SEC_WEBSOCKET_KEY).isEmpty()) {
      refuse(HttpStatus.BAD_REQUEST_400, client, requestId, response, callback);
      return;
    }
    WebSocketEvent.Connect connect = new WebSocketEvent.Connect(headers(request), query.get());
    switch (routing.connect(client, connect, requestId)) {
      case Routing.Answered(Answer answer) when answer.isSuccess() ->
          upgrade(client, answer.protocol(), request, response, callback);
      case Routing.Answered(Answer answer) ->
          refuse(answer.status(), client, requestId, response, callback);
      case Routing.NoRoute _ -> upgrade(client, Optional.empty(), request, response, callback);
      case Routing.Throttled _ ->
          refuse(HttpStatus.TOO_MANY_REQUESTS_429, client, requestId, response, callback);
      case Routing.Failed _ ->
          refuse(HttpStatus.BAD_GATEWAY_502, client, requestId, response, callback);
      case Routing.Late _ ->
          refuse(HttpStatus.GATEWAY_TIMEOUT_504, client, requestId, response, callback);
    }
  }

  private static void refuse(
      int status, Client client, String requestId, Response response, Callback callback) {
    response.setStatus(status);
    String message = Optional.ofNullable(HttpStatus.getMessage(status)).orElse("Refused");
    write(Routing.failure(message, client, requestId), response, callback);
  }

  private void upgrade(
      Client client,
      Optional<String> protocol,
      Request request,
      Response response,
      Callback callback) {
    Connection connection = new Connection(client, routing, connections, limits, clock);
    connections.add(connection);
    WebSocketComponents components =
        WebSocketServerComponents.ensureWebSocketComponents(getServer());
    boolean upgraded =
        new WebSocketMappings(components)
            .upgrade(
                (asked, answer, _) -> {
                  // API Gateway does not compress.
                  answer.setExtensions(List.of());
                  protocol.filter(asked::hasSubProtocol).ifPresent(answer::setAcceptedSubProtocol);
                  return connection;
                },
                request,
                response,
                Callback.from(
                    callback::succeeded,
                    failure -> {
                      connection.over(CloseStatus.NO_CLOSE_STATUS);
                      callback.failed(failure);
                    }),
                configuration);
    if (!upgraded) {
      connection.over(CloseStatus.NO_CLOSE_STATUS);
      refuse(HttpStatus.BAD_REQUEST_400, client, Routing.id(), response, callback);
    }
  }

  private static Optional<String> header(Request request, HttpHeader name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /// What the client sent about more than this hop, and what API Gateway adds.
  private static Map<String, List<String>> headers(Request request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      String name = field.getLowerCaseName();
      if (!name.equals("connection")
          && !name.equals("upgrade")
          && !name.startsWith("x-forwarded-")) {
        headers
            .computeIfAbsent(field.getName(), _ -> new ArrayList<>())
            .add(Optional.ofNullable(field.getValue()).orElse(""));
      }
    }
    headers.put("X-Forwarded-For", List.of(Request.getRemoteAddr(request)));
    headers.put("X-Forwarded-Port", List.of("" + Request.getServerPort(request)));
    headers.put("X-Forwarded-Proto", List.of("http"));
    return headers;
  }

  /// Nothing when it is not well encoded.
  private static Optional<Map<String, List<String>>> query(Request request) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String part :
        Optional.ofNullable(request.getHttpURI().getQuery()).orElse("").split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        Optional<String> name =
            PercentEncoding.decode(equals < 0 ? part : part.substring(0, equals), true);
        Optional<String> value =
            PercentEncoding.decode(equals < 0 ? "" : part.substring(equals + 1), true);
        if (name.isEmpty() || value.isEmpty()) {
          return Optional.empty();
        }
        query.computeIfAbsent(name.get(), _ -> new ArrayList<>()).add(value.get());
      }
    }
    return Optional.of(query);
  }

  /// Ends all connections and lets functions hear of it, as far as they do within some seconds.
  public void endConnections() {
    connections.close();
  }
}
