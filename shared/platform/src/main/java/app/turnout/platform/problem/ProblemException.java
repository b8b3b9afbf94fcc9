package app.turnout.platform.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends a request with a problem, and rolls its transaction back.
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final transient List<FieldError> errors;
  private final @Nullable Duration retryAfter;

  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of(), null);
  }

  private ProblemException(
      ProblemType type, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
    super(detail);
    this.type = type;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
  }

  /// Fields that broke rules: 422.
  public static ProblemException invalidFields(List<FieldError> errors) {
    return new ProblemException(
        ProblemType.INVALID_FIELDS, errors.size() + " field(s) not valid", errors, null);
  }

  /// One field that broke a rule: 422.
  public static ProblemException invalidField(String field, String rule, String message) {
    return invalidFields(List.of(new FieldError(field, rule, message)));
  }

  /// A path or query parameter that is not valid: 400.
  public static ProblemException invalidParameter(String name, String rule, String message) {
    return new ProblemException(
        ProblemType.INVALID_PARAMETER,
        name + ": " + message,
        List.of(new FieldError(name, rule, message)),
        null);
  }

  /// Path or query parameters that are not valid: 400.
  public static ProblemException invalidParameters(List<FieldError> errors) {
    return new ProblemException(
        ProblemType.INVALID_PARAMETER, errors.size() + " parameter(s) not valid", errors, null);
  }

  /// What a field says is there once only, and is there: 409.
  public static ProblemException alreadyExists(String field, String message) {
    return new ProblemException(
        ProblemType.ALREADY_EXISTS,
        field + ": " + message,
        List.of(new FieldError(field, "unique", message)),
        null);
  }

  /// Not there, or another tenant's, which is the same.
  public static ProblemException notFound(String what) {
    return new ProblemException(ProblemType.NOT_FOUND, "No such " + what);
  }

  /// A problem that passes.
  public static ProblemException retryLater(ProblemType type, String detail, Duration retryAfter) {
    return new ProblemException(type, detail, List.of(), retryAfter);
  }

  /// Dates that are in the way of a change, each named as a field: 409.
  public static ProblemException datesAffected(String detail, List<FieldError> dates) {
    return new ProblemException(ProblemType.DATES_AFFECTED, detail, dates, null);
  }

  /// Parts of ours that do not answer, each named as a field: 503.
  public static ProblemException unavailable(
      String detail, List<FieldError> parts, Duration retryAfter) {
    return new ProblemException(ProblemType.UNAVAILABLE, detail, parts, retryAfter);
  }

  public ProblemType type() {
    return type;
  }

  public List<FieldError> errors() {
    return errors;
  }

  /// When to try again; null when trying again is no use.
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
