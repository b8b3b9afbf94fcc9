package app.turnout.platform.problem;

import java.util.Locale;

/// The catalogue of problems. A problem's wire `type` is `urn:turnout:problem:` and its slug, for
/// ever.
public enum ProblemType {
  MALFORMED_REQUEST(400, "The request could not be read"),
  INVALID_PARAMETER(400, "A parameter of the request is not valid"),
  UNAUTHENTICATED(401, "No valid credentials were given"),
  INVALID_CREDENTIALS(401, "The e-mail address or the password is wrong"),
  INVALID_TOKEN(401, "The token is not valid, or no longer"),
  FORBIDDEN(403, "The caller may not do this"),
  NO_ORGANIZATION(403, "The access token names no organization"),
  PLAN_LIMIT_REACHED(403, "The organization's plan allows no more"),
  ABOVE_OWN_ROLE(403, "That takes a higher role than the caller's"),
  NOT_INVITED(403, "The invitation is for another e-mail address"),
  CONSENT_MISSING(403, "The participant has not consented to being located"),
  NOT_FOUND(404, "There is no such thing"),
  PROVIDER_NOT_CONFIGURED(404, "There is no login by this provider here"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  NOT_ACCEPTABLE(406, "The answer cannot be given in that form"),
  ORGANIZATION_CLOSING(409, "The organization is being deleted"),
  LAST_OWNER(409, "An organization would have no owner left"),
  LAST_SUPER_ADMIN(409, "The platform would have no administrator left"),
  LAST_LOGIN_METHOD(409, "Nobody could log in without it"),
  CONFLICT(409, "The state does not allow this"),
  ALREADY_EXISTS(409, "There is one already"),
  ILLEGAL_STATUS_CHANGE(409, "The status does not allow this move"),
  DATES_AFFECTED(409, "There are dates that somebody counts on and the new rule does not have"),
  NO_LONGER_OPEN(409, "It has ended, or was taken back"),
  NO_DESTINATION(409, "The event has no position"),
  OUTSIDE_TRACKING_WINDOW(409, "Positions are taken only within the event's tracking window"),
  PRECONDITION_FAILED(412, "It has changed since it was read"),
  PAYLOAD_TOO_LARGE(413, "The request is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The request's form is not supported"),
  INVALID_FIELDS(422, "Some fields are not valid"),
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key came before with another request"),
  PRECONDITION_REQUIRED(428, "If-Match is needed"),
  RATE_LIMITED(429, "Too many requests"),
  INTERNAL_ERROR(500, "Something went wrong here"),
  UNAVAILABLE(503, "Not available for the moment");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /// HTTP status.
  public int status() {
    return status;
  }

  /// One sentence for people, the same for every problem of this type.
  public String title() {
    return title;
  }

  /// The stable name, lower snake case.
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The wire `type`.
  public String urn() {
    return "urn:turnout:problem:" + slug();
  }
}
