package app.turnout.platform.http;

import app.turnout.platform.lambda.FunctionContext;
import app.turnout.platform.logging.LogFacts;
import app.turnout.platform.metrics.CallMetrics;
import app.turnout.platform.problem.Problem;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.time.RealTime;
import app.turnout.platform.tracing.Trace;
import app.turnout.platform.tracing.TraceHeader;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonFactory;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Lambda function behind API Gateway's HTTP API (payload 2.0): an area extends it with a public
/// no-argument constructor, and its controllers answer. Whatever happens, there is an answer, with
/// a request id; every failure is a problem.
///
/// Lambda and the runner call it with streams, which spares a cold start their library of events;
/// tests may call it with events.
public abstract class HttpFunction
    implements RequestStreamHandler,
        RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse>,
        AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFunction.class);

  private static final JsonFactory EVENTS = new JsonFactory();

  private final ApplicationContext context;
  private final GatewayHandler handler;
  private final JsonMapper json;
  private final @Nullable String name;
  private final CallMetrics metrics;
  private final RealTime time;

  /// Held here, for Lambda holds it weakly.
  @SuppressWarnings("UnusedVariable")
  private final @Nullable Priming priming;

  /// Starts the function's own context.
  protected HttpFunction() {
    this(Map.of());
  }

  /// As above, with properties that go before all others; for tests.
  @SuppressWarnings("this-escape") // What primes it is asked before the snapshot, long after this.
  protected HttpFunction(Map<String, Object> properties) {
    long startedNanos = System.nanoTime();
    this.context = FunctionContext.start(properties);
    if (asksDatabase()) {
      FunctionContext.connect(context);
    }
    this.handler = new GatewayHandler(context);
    this.json = context.getBean(JsonMapper.class);
    this.name = context.getProperty("turnout.function", String.class).orElse(null);
    this.metrics = CallMetrics.of(context, startedNanos);
    this.time = context.getBean(RealTime.class);
    this.priming = FunctionContext.isForSnapshot() ? priming().atLambda() : null;
  }

  /// What readies this function for a snapshot.
  final Priming priming() {
    return new Priming(
        context,
        this::primedBy,
        (event, answer) -> {
          APIGatewayV2HTTPResponse response =
              answerWhatever(GatewayEventReader.read(EVENTS, event), "priming");
          GatewayAnswerWriter.write(EVENTS, response, answer);
          return response.getStatusCode();
        });
  }

  /// Paths that are asked for, without a token, before a snapshot of this function is taken: what
  /// anybody may read and nothing is counted or kept of. A function that has routes for which a
  /// token is wanted needs none: the database is reached on the way to refusing.
  protected List<String> primedBy() {
    return List.of();
  }

  /// Whether its requests ask the database, so that it connects while it starts.
  protected boolean asksDatabase() {
    return true;
  }

  /// The beans of this function; for tests.
  public final ApplicationContext context() {
    return context;
  }

  /// As Lambda calls it: reads the gateway's event, writes its answer.
  ///
  /// @throws IOException when the event is no JSON object
  @Override
  public final void handleRequest(InputStream input, OutputStream output, @Nullable Context lambda)
      throws IOException {
    GatewayAnswerWriter.write(
        EVENTS, handleRequest(GatewayEventReader.read(EVENTS, input), lambda), output);
  }

  @Override
  public final APIGatewayV2HTTPResponse handleRequest(
      APIGatewayV2HTTPEvent event, @Nullable Context lambda) {
    String requestId = RequestId.from(event);
    LogFacts.begin(name, requestId, header(event, "X-Amzn-Trace-Id"));
    if (Trace.current().isEmpty()) {
      LogFacts.trace(TraceHeader.begin(time.now()));
    }
    CallMetrics.Call call = metrics.begin(requestId);
    try {
      APIGatewayV2HTTPResponse response = answerWhatever(event, requestId);
      int status = response.getStatusCode();
      call.outcome(status < 400 ? "ok" : status < 500 ? "refused" : "failed");
      call.fact("route", event.getRouteKey());
      call.fact("status", status);
      return response;
    } finally {
      call.end();
      LogFacts.end();
    }
  }

  private APIGatewayV2HTTPResponse answerWhatever(APIGatewayV2HTTPEvent event, String requestId) {
    try {
      return answer(event, requestId);
    } catch (ProblemException e) {
      return problem(e, requestId, Map.of());
    } catch (Exception | StackOverflowError e) {
      LOG.error("The request failed outside its route", e);
      return problem(Failures.problem(e), requestId, Map.of());
    }
  }

  private APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event, String requestId) {
    GatewayRequest<Object> request = handler.request(event);
    RequestId.set(request, requestId);
    handler.exchange(request);
    APIGatewayV2HTTPResponse response = request.getResponse().getNativeResponse();
    Map<String, String> headers = new HashMap<>(response.getHeaders());
    headers.put(RequestId.HEADER, requestId);
    if (response.getStatusCode() >= 400 && !isProblem(headers)) {
      return problem(Failures.problem(response.getStatusCode()), requestId, headers);
    }
    if (isReading(request) && response.getStatusCode() == 200) {
      headers.putIfAbsent(HttpHeaders.ETAG, EntityTag.ofContent(response.getBody()));
    }
    response.setHeaders(headers);
    return isKnown(request, response) ? notModified(headers) : response;
  }

  /// Whether the caller has this answer already (RFC 9110, section 13.1.2).
  private static boolean isKnown(HttpRequest<?> request, APIGatewayV2HTTPResponse response) {
    String tag = header(response.getHeaders(), HttpHeaders.ETAG);
    String known = request.getHeaders().get(HttpHeaders.IF_NONE_MATCH);
    if (tag == null || known == null || response.getStatusCode() != 200 || !isReading(request)) {
      return false;
    }
    return known.strip().equals("*")
        || EntityTag.parseListWeakly(known)
            .map(tags -> tags.contains(tag.startsWith("W/") ? tag.substring(2) : tag))
            .orElse(false);
  }

  private static boolean isReading(HttpRequest<?> request) {
    return request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
  }

  private static APIGatewayV2HTTPResponse notModified(Map<String, String> headers) {
    Map<String, String> kept = new HashMap<>(headers);
    kept.keySet().removeIf(name -> name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE));
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(304)
        .withHeaders(kept)
        .withBody("")
        .build();
  }

  private static @Nullable String header(APIGatewayV2HTTPEvent event, String name) {
    return event.getHeaders() == null ? null : header(event.getHeaders(), name);
  }

  private static @Nullable String header(Map<String, String> headers, String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static boolean isProblem(Map<String, String> headers) {
    return headers.entrySet().stream()
        .anyMatch(
            header ->
                header.getKey().equalsIgnoreCase("Content-Type")
                    && header.getValue().startsWith(Problem.MEDIA_TYPE));
  }

  private APIGatewayV2HTTPResponse problem(
      ProblemException cause, String requestId, Map<String, String> kept) {
    Map<String, String> headers = new HashMap<>(kept);
    headers
        .keySet()
        .removeIf(
            name ->
                name.equalsIgnoreCase("Content-Type") || name.equalsIgnoreCase("Content-Length"));
    headers.putAll(ProblemHeaders.of(cause));
    headers.put("Content-Type", Problem.MEDIA_TYPE);
    headers.put(RequestId.HEADER, requestId);
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(cause.type().status())
        .withHeaders(headers)
        .withBody(write(Problem.of(cause, requestId)))
        .build();
  }

  private String write(Problem problem) {
    try {
      return new String(json.writeValueAsBytes(problem), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Closes pools and clients.
  @Override
  public void close() {
    context.close();
  }
}
