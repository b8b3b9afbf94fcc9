package app.turnout.platform.http;

import app.turnout.platform.json.Constraints;
import app.turnout.platform.json.WireName;
import app.turnout.platform.logging.FailureTrace;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.queue.QueueUnavailableException;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.type.Argument;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import java.net.URISyntaxException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/// Which problem each failure is. What is known nowhere else is [ProblemType#INTERNAL_ERROR], and
/// says nothing of itself.
final class Failures {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// Admin shutdown, crash shutdown, cannot connect now, too many connections; class 08 is the
  /// connection itself.
  private static final Set<String> UNAVAILABLE_STATES = Set.of("57P01", "57P02", "57P03", "53300");

  /// Serialization failure, deadlock, lock not available: the same request may do better.
  private static final Set<String> CONTENTION_STATES = Set.of("40001", "40P01", "55P03");

  private Failures() {}

  /// The problem that this failure is.
  static ProblemException problem(Throwable failure) {
    for (Throwable cause : FailureTrace.causes(failure)) {
      Optional<ProblemException> problem = known(cause);
      if (problem.isPresent()) {
        return problem.get();
      }
    }
    return new ProblemException(
        ProblemType.INTERNAL_ERROR, "Something went wrong; quote the request id to us");
  }

  /// The problem of an answer that had only its status.
  static ProblemException problem(int status) {
    return switch (status) {
      case 401 -> new ProblemException(ProblemType.UNAUTHENTICATED, "Credentials are needed");
      case 403 -> new ProblemException(ProblemType.FORBIDDEN, "The caller may not do this");
      case 404 -> new ProblemException(ProblemType.NOT_FOUND, "Nothing has this address");
      case 405 ->
          new ProblemException(
              ProblemType.METHOD_NOT_ALLOWED, "See Allow for the methods it takes");
      case 406 ->
          new ProblemException(
              ProblemType.NOT_ACCEPTABLE, "The answer has none of the forms in Accept");
      case 409 -> new ProblemException(ProblemType.CONFLICT, "The state does not allow this");
      case 412 -> new ProblemException(ProblemType.PRECONDITION_FAILED, "It has changed since");
      case 413 -> new ProblemException(ProblemType.PAYLOAD_TOO_LARGE, "The body is too large");
      case 415 ->
          new ProblemException(
              ProblemType.UNSUPPORTED_MEDIA_TYPE, "The body's Content-Type is not one taken here");
      case 428 -> new ProblemException(ProblemType.PRECONDITION_REQUIRED, "If-Match is needed");
      case 429 ->
          ProblemException.retryLater(ProblemType.RATE_LIMITED, "Too many requests", PATIENCE);
      case 503 -> unavailable();
      default ->
          status < 500
              ? new ProblemException(ProblemType.MALFORMED_REQUEST, "The request could not be read")
              : new ProblemException(
                  ProblemType.INTERNAL_ERROR, "Something went wrong; quote the request id to us");
    };
  }

  private static Optional<ProblemException> known(Throwable cause) {
    return switch (cause) {
      case ProblemException problem -> Optional.of(problem);
      case ConversionErrorException conversion ->
          Optional.of(
              unreadable(conversion.getArgument(), conversion.getConversionError().getCause()));
      case UnsatisfiedRouteException missing -> Optional.of(missing(missing.getArgument()));
      case ConstraintViolationException violations -> Optional.of(parameters(violations));
      case ContentLengthExceededException tooLarge -> Optional.of(problem(413));
      case HttpStatusException status -> Optional.of(problem(status.getStatus().getCode()));
      case URISyntaxException malformed -> Optional.of(problem(400));
      case SQLException sql when mayPass(sql) -> Optional.of(unavailable());
      case QueueUnavailableException refused -> Optional.of(unavailable());
      case SdkClientException unreachable -> Optional.of(unavailable());
      case SdkServiceException service
          when service.statusCode() >= 500 || service.isThrottlingException() ->
          Optional.of(unavailable());
      default -> Optional.empty();
    };
  }

  private static ProblemException unreadable(Argument<?> argument, @Nullable Exception reason) {
    boolean spoken =
        reason instanceof IllegalArgumentException && !(reason instanceof NumberFormatException);
    String message =
        spoken && reason != null && reason.getMessage() != null
            ? reason.getMessage()
            : "must be " + kind(argument.getType());
    return ProblemException.invalidParameter(name(argument), "type", message);
  }

  private static String kind(Class<?> type) {
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number";
    }
    if (Number.class.isAssignableFrom(type) || type == double.class) {
      return "a number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    return "of the form that the documentation tells";
  }

  private static ProblemException missing(Argument<?> argument) {
    return ProblemException.invalidParameter(name(argument), "required", "is required");
  }

  private static String name(Argument<?> argument) {
    for (String annotation : List.of("PathVariable", "QueryValue", "Header", "CookieValue")) {
      Optional<String> given =
          argument
              .getAnnotationMetadata()
              .stringValue("io.micronaut.http.annotation." + annotation)
              .filter(name -> !name.isEmpty());
      if (given.isPresent()) {
        return given.get();
      }
    }
    return WireName.of(argument);
  }

  private static ProblemException parameters(ConstraintViolationException violations) {
    List<FieldError> errors = new ArrayList<>();
    for (ConstraintViolation<?> violation : violations.getConstraintViolations()) {
      String name = "";
      for (Path.Node node : violation.getPropertyPath()) {
        name = node.getName() == null ? name : node.getName();
      }
      errors.add(Constraints.error(violation, WireName.of(name)));
    }
    return errors.isEmpty() ? problem(400) : ProblemException.invalidParameters(errors);
  }

  private static boolean mayPass(SQLException sql) {
    String state = sql.getSQLState();
    return sql instanceof SQLTransientException
        || (state != null
            && (state.startsWith("08")
                || UNAVAILABLE_STATES.contains(state)
                || CONTENTION_STATES.contains(state)));
  }

  private static ProblemException unavailable() {
    return ProblemException.retryLater(
        ProblemType.UNAVAILABLE, "Not available for the moment", PATIENCE);
  }
}
