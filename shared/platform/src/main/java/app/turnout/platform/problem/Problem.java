package app.turnout.platform.problem;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/// A failure as the caller sees it: RFC 9457, `application/problem+json`.
///
/// @param type `urn:turnout:problem:` and the slug of a [ProblemType]
/// @param title the same for every problem of this type
/// @param status HTTP status
/// @param detail what happened this time
/// @param requestId the answer's `X-Request-Id`
/// @param errors each parameter or field that broke a rule
@Serdeable
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String requestId,
    List<FieldError> errors) {
  /// Media type of a problem.
  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    errors = List.copyOf(errors);
  }

  /// What ended this request.
  public static Problem of(ProblemException cause, String requestId) {
    ProblemType type = cause.type();
    return new Problem(
        type.urn(),
        type.title(),
        type.status(),
        cause.getMessage() == null ? type.title() : cause.getMessage(),
        requestId,
        cause.errors());
  }
}
