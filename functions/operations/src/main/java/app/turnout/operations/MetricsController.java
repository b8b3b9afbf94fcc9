package app.turnout.operations;

import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.security.Open;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Controller
class MetricsController {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsController.class);
  private static final String BEARER = "Bearer ";

  private final Secrets secrets;
  private final Figures figures;
  private final QueueDepths queueDepths;
  private final InstantSource time;

  MetricsController(Secrets secrets, Figures figures, QueueDepths queueDepths, InstantSource time) {
    this.secrets = secrets;
    this.figures = figures;
    this.queueDepths = queueDepths;
    this.time = time;
  }

  /// What the stores tell of the product's state, in Prometheus' text format: counts and ages, of
  /// no tenant and nobody. A store that does not answer is told by `turnout_scrape_failed`.
  @Get("/metrics")
  @Open
  @SecurityRequirement(name = "metrics_token")
  @ApiResponse(
      responseCode = "200",
      content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
  HttpResponse<String> metrics(HttpRequest<?> request) {
    mustBeKnown(request);
    Exposition exposition = new Exposition(Series.ALL);
    part(
        "database",
        exposition,
        () ->
            figures
                .read(time.instant())
                .forEach(figure -> exposition.add(figure.name(), figure.kind(), figure.value())));
    part(
        "queues",
        exposition,
        () ->
            queueDepths
                .read()
                .forEach(
                    depth -> {
                      exposition.add("queue_messages", depth.queue(), depth.waiting());
                      exposition.add("queue_in_flight_messages", depth.queue(), depth.inFlight());
                      exposition.add("queue_dead_messages", depth.queue(), depth.dead());
                    }));
    exposition.add("product_time_seconds", null, time.instant().toEpochMilli() / 1000.0);
    return HttpResponse.ok(exposition.text())
        .header(HttpHeaders.CONTENT_TYPE, Exposition.MEDIA_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private static void part(String name, Exposition exposition, Runnable reading) {
    double failed = 0;
    long begunNanos = System.nanoTime();
    try {
      reading.run();
    } catch (RuntimeException e) {
      LOG.warn("Nothing can be read of the {}", name, e);
      failed = 1;
    }
    exposition.add("scrape_duration_seconds", name, (System.nanoTime() - begunNanos) / 1e9);
    exposition.add("scrape_failed", name, failed);
  }

  private void mustBeKnown(HttpRequest<?> request) {
    String given = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    boolean isKnown =
        given != null
            && given.regionMatches(true, 0, BEARER, 0, BEARER.length())
            && secrets
                .find("metrics-token")
                .filter(token -> isSame(token, given.substring(BEARER.length()).strip()))
                .isPresent();
    if (!isKnown) {
      throw new ProblemException(
          ProblemType.UNAUTHENTICATED, "The token of those who watch the product is needed");
    }
  }

  private static boolean isSame(String token, String given) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
