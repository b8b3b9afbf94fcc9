package app.turnout.operations;

import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.Open;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Controller
class HealthController {
  private static final Logger LOG = LoggerFactory.getLogger(HealthController.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final InstantSource time;
  private final BigDecimal speed;
  private final List<Part> parts;

  HealthController(
      InstantSource time, @Value("${turnout.clock.speed:1}") BigDecimal speed, List<Part> parts) {
    this.time = time;
    this.speed = speed;
    this.parts = List.copyOf(parts);
  }

  /// Whether the functions answer, and what time it is for the product.
  @Get(uris = {"/health", "/healthz"})
  @Open
  HealthResponse health() {
    return new HealthResponse("ok", time.instant().atOffset(ZoneOffset.UTC), speed);
  }

  /// Whether all that requests need answers: 503 naming each part that does not.
  @Get("/health/ready")
  @Open
  ReadinessResponse ready() {
    List<FieldError> silent = new ArrayList<>();
    for (Part part : parts) {
      try {
        part.ask();
      } catch (RuntimeException e) {
        LOG.warn("{} does not answer: {}", part.name(), e.getClass().getName());
        silent.add(new FieldError(part.name(), "unreachable", "does not answer"));
      }
    }
    if (!silent.isEmpty()) {
      throw ProblemException.unavailable("Not ready", silent, PATIENCE);
    }
    return ReadinessResponse.of(parts.stream().map(Part::name).toList());
  }
}
