package app.turnout.runner.http;

import app.turnout.runner.function.Functions;
import app.turnout.runner.function.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;

/// Takes a request to its function and the function's answer back, by the rules of API Gateway's
/// HTTP APIs.
final class GatewayHandler extends Handler.Abstract {
  /// API Gateway's limit of a request's body.
  private static final int BODY_LIMIT = 10 * 1024 * 1024;

  private final RouteTable routes;
  private final Cors cors;
  private final Throttling throttling;
  private final Optional<AccessLog> accessLog;
  private final Functions functions;
  private final InstantSource clock;
  private final Duration patience;
  private final Executor virtual = VirtualThreads.getDefaultVirtualThreadsExecutor();

  GatewayHandler(
      RouteTable routes,
      Cors cors,
      Throttling throttling,
      Optional<AccessLog> accessLog,
      Functions functions,
      InstantSource clock,
      Duration patience) {
    this.routes = routes;
    this.cors = cors;
    this.throttling = throttling;
    this.accessLog = accessLog;
    this.functions = functions;
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String requestId = requestId();
    Access access = new Access(request, requestId, clock.instant());
    Optional<String> origin = Optional.ofNullable(request.getHeaders().get(HttpHeader.ORIGIN));
    boolean asksForMethod = request.getHeaders().contains("Access-Control-Request-Method");
    Optional<HttpAnswer> preflight = cors.preflight(request.getMethod(), origin, asksForMethod);
    HttpAnswer answer =
        preflight.isPresent() ? preflight.get() : answer(request, requestId, access);
    if (answer.status() == 413) {
      // What is left of the body is not read.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    response.setStatus(answer.status());
    for (HttpEvent.Header header : answer.headers()) {
      if (preflight.isPresent() || (cors.lets(header) && isPassedOn(header.name()))) {
        response.getHeaders().add(header.name(), header.value());
      }
    }
    if (preflight.isEmpty()) {
      cors.headers(origin)
          .forEach(header -> response.getHeaders().add(header.name(), header.value()));
    }
    response.getHeaders().put("apigw-requestid", requestId);
    boolean bodiless = answer.status() == 204 || answer.status() == 304;
    byte[] body = bodiless ? new byte[0] : answer.body();
    accessLog.ifPresent(log -> log.add(access.answered(answer, body.length)));
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private HttpAnswer answer(Request request, String requestId, Access access) throws IOException {
    String rawPath = Optional.ofNullable(request.getHttpURI().getPath()).orElse("/");
    Optional<List<String>> segments = segments(rawPath);
    if (segments.isEmpty()) {
      return HttpAnswer.BAD_REQUEST;
    }
    Optional<RouteTable.Match> match = routes.find(request.getMethod(), rawPath, segments.get());
    if (match.isEmpty()) {
      return HttpAnswer.NOT_FOUND;
    }
    String routeKey = match.get().route().key();
    access.routed(routeKey);
    if (!throttling.lets(routeKey)) {
      return HttpAnswer.THROTTLED;
    }
    Optional<byte[]> body = body(request);
    if (body.isEmpty()) {
      return HttpAnswer.TOO_LARGE;
    }
    HttpEvent event =
        new HttpEvent(
            requestId,
            clock.instant(),
            request.getMethod(),
            request.getConnectionMetaData().getHttpVersion().asString(),
            "/" + String.join("/", segments.get()),
            Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""),
            Request.getRemoteAddr(request),
            match.get(),
            headers(request),
            body.get());
    byte[] json;
    try {
      json = event.json();
    } catch (IllegalArgumentException e) {
      return HttpAnswer.BAD_REQUEST;
    }
    return call(match.get().route().functionId(), json, access);
  }

  private HttpAnswer call(String function, byte[] event, Access access) {
    CompletableFuture<Outcome> outcome =
        CompletableFuture.supplyAsync(() -> functions.call(function, event), virtual);
    try {
      access.calling();
      Outcome came = outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      access.called(came);
      return switch (came) {
        case Outcome.Answered answered -> HttpAnswer.of(answered.payload());
        case Outcome.TooLarge _ -> HttpAnswer.TOO_LARGE;
        case Outcome.Failed _, Outcome.TimedOut _ -> HttpAnswer.FAILURE;
        case Outcome.Throttled _ -> HttpAnswer.UNAVAILABLE;
      };
    } catch (TimeoutException e) {
      access.gaveUp();
      return HttpAnswer.UNAVAILABLE;
    } catch (ExecutionException e) {
      System.err.println(function + ": " + e.getCause());
      return HttpAnswer.FAILURE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return HttpAnswer.UNAVAILABLE;
    }
  }

  private static Optional<byte[]> body(Request request) throws IOException {
    try (InputStream stream = Content.Source.asInputStream(request)) {
      if (request.getLength() <= BODY_LIMIT) {
        byte[] body = stream.readNBytes(BODY_LIMIT + 1);
        if (body.length <= BODY_LIMIT) {
          return Optional.of(body);
        }
      }
      letGo(stream);
      return Optional.empty();
    }
  }

  /// Who is still sending when the connection ends may never read the answer: some more is taken.
  private static void letGo(InputStream rest) throws IOException {
    long left = BODY_LIMIT;
    long skipped = rest.skip(left);
    while (skipped > 0) {
      left -= skipped;
      skipped = rest.skip(left);
    }
  }

  /// What the client sent, and what API Gateway adds for the hop that it is.
  private static List<HttpEvent.Header> headers(Request request) {
    List<HttpEvent.Header> headers = new ArrayList<>();
    for (HttpField field : request.getHeaders()) {
      headers.add(
          new HttpEvent.Header(
              field.getLowerCaseName(), Optional.ofNullable(field.getValue()).orElse("")));
    }
    String forwarded = "x-forwarded-for";
    String address = Request.getRemoteAddr(request);
    String earlier =
        headers.stream()
            .filter(header -> header.name().equals(forwarded))
            .map(HttpEvent.Header::value)
            .reduce("", (one, other) -> one + other + ", ");
    headers.removeIf(header -> header.name().startsWith("x-forwarded-"));
    headers.add(new HttpEvent.Header(forwarded, earlier + address));
    headers.add(new HttpEvent.Header("x-forwarded-port", "" + Request.getServerPort(request)));
    headers.add(new HttpEvent.Header("x-forwarded-proto", "http"));
    if (headers.stream().noneMatch(header -> header.name().equals("x-amzn-trace-id"))) {
      headers.add(new HttpEvent.Header("x-amzn-trace-id", traceId()));
    }
    return headers;
  }

  private static Optional<List<String>> segments(String rawPath) {
    List<String> segments = new ArrayList<>();
    for (String segment : rawPath.substring(Math.min(1, rawPath.length())).split("/", -1)) {
      Optional<String> decoded = PercentEncoding.decode(segment, false);
      if (decoded.isEmpty()) {
        return Optional.empty();
      }
      segments.add(decoded.get());
    }
    return Optional.of(segments);
  }

  /// Headers about the connection are the front's own business.
  private static boolean isPassedOn(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "connection", "content-length", "transfer-encoding", "keep-alive", "upgrade", "date" ->
          false;
      default -> true;
    };
  }

  private static String requestId() {
    byte[] random = new byte[11];
    ThreadLocalRandom.current().nextBytes(random);
    return Base64.getUrlEncoder().encodeToString(random);
  }

  private static String traceId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "Root=1-%08x-%08x%016x"
        .formatted((int) (System.currentTimeMillis() / 1000), random.nextInt(), random.nextLong());
  }
}
