package app.turnout.runner.http;

import app.turnout.runner.RunnerException;
import app.turnout.runner.function.Functions;
import app.turnout.runner.template.Template;
import app.turnout.runner.websocket.WebSocketHandler;
import app.turnout.runner.websocket.WebSocketLimits;
import java.net.BindException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The HTTP server that clients talk to.
public final class Front implements AutoCloseable {
  /// API Gateway takes request lines and headers of 10,240 bytes together.
  private static final int HEADER_LIMIT = 10_240;

  /// How long API Gateway waits for a function.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// Longer than that, so that a slow function's connection is still there for the answer.
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

  private final Server server;
  private final int port;
  private final Optional<WebSocketHandler> webSockets;
  private final Optional<AccessLog> accessLog;

  private Front(
      Server server,
      int port,
      Optional<WebSocketHandler> webSockets,
      Optional<AccessLog> accessLog) {
    this.server = server;
    this.port = port;
    this.webSockets = webSockets;
    this.accessLog = accessLog;
  }

  /// Starts it on the loopback interface.
  ///
  /// @throws RunnerException when the port is taken
  public static Front start(int port, Template template, Functions functions, InstantSource clock) {
    return start(port, template, functions, clock, PATIENCE, WebSocketLimits.AWS, Optional.empty());
  }

  /// The same with an access log, when the template has one.
  ///
  /// @param accessLog the file for it
  /// @throws RunnerException when the port is taken
  public static Front start(
      int port, Template template, Functions functions, InstantSource clock, Path accessLog) {
    return start(
        port,
        template,
        functions,
        clock,
        PATIENCE,
        WebSocketLimits.AWS,
        template.httpApi().accessLog().map(format -> new AccessLog(accessLog, format)));
  }

  /// The same with other limits than API Gateway's.
  ///
  /// @param patience how long a function may take to answer a request
  /// @throws RunnerException when the port is taken
  public static Front start(
      int port,
      Template template,
      Functions functions,
      InstantSource clock,
      Duration patience,
      WebSocketLimits limits) {
    return start(port, template, functions, clock, patience, limits, Optional.empty());
  }

  private static Front start(
      int port,
      Template template,
      Functions functions,
      InstantSource clock,
      Duration patience,
      WebSocketLimits limits,
      Optional<AccessLog> accessLog) {
    QueuedThreadPool threads = new QueuedThreadPool(64, 4);
    threads.setName("front");
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    Server server = new Server(threads);
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setAcceptQueueSize(512);
    connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    server.addConnector(connector);
    Handler.Sequence handlers = new Handler.Sequence();
    Optional<WebSocketHandler> webSockets =
        template.webSocket().map(api -> new WebSocketHandler(api, functions, clock, limits));
    webSockets.ifPresent(handlers::addHandler);
    handlers.addHandler(
        new GatewayHandler(
            new RouteTable(template.routes()),
            new Cors(template.httpApi().cors()),
            new Throttling(template.httpApi().throttling(), System::nanoTime),
            accessLog,
            functions,
            clock,
            patience));
    server.setHandler(handlers);
    server.setErrorHandler(new JsonErrors());
    try {
      server.start();
      return new Front(server, connector.getLocalPort(), webSockets, accessLog);
    } catch (Exception e) {
      stop(server);
      if (e instanceof BindException || e.getCause() instanceof BindException) {
        throw new RunnerException("port " + port + " is taken, and the front needs it (--port)", e);
      }
      throw new RunnerException("the front did not start: " + e.getMessage(), e);
    }
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(HEADER_LIMIT);
    configuration.setResponseHeaderSize(64 * 1024);
    // Encoded slashes and the like are for the routes to judge.
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    return configuration;
  }

  /// Where clients connect to.
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    webSockets.ifPresent(WebSocketHandler::endConnections);
    stop(server);
    accessLog.ifPresent(AccessLog::close);
  }

  private static void stop(Server server) {
    try {
      server.setStopTimeout(0);
      server.stop();
    } catch (Exception e) {
      throw new RunnerException("the front does not stop: " + e.getMessage(), e);
    }
  }

  /// What Jetty itself refuses is told as API Gateway would.
  private static final class JsonErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      String message = HttpStatus.getMessage(response.getStatus());
      byte[] body = "{\"message\":\"%s\"}".formatted(message).getBytes(StandardCharsets.UTF_8);
      response.write(true, ByteBuffer.wrap(body), callback);
      return true;
    }
  }
}
