package app.turnout.acceptance;

import app.turnout.acceptance.Callers.Kind;
import app.turnout.acceptance.Endpoint.Access;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.Role;
import app.turnout.testing.ApiClient.Answer;
import java.util.Set;

/// What the entrance says to a caller.
enum Verdict {
  /// Let in; what comes after that is the endpoint's.
  ENTERS,
  UNAUTHENTICATED,
  FORBIDDEN,
  NO_ORGANIZATION,
  /// Let in, to where there is no such thing.
  NOT_FOUND;

  private static final Set<String> REFUSALS =
      Set.of("unauthenticated", "forbidden", "no_organization");

  /// What the permission matrix and the endpoint's annotation say.
  ///
  /// @param namesThings whether the path has ids in it; they are the organization's
  static Verdict of(Access access, Kind caller, boolean namesThings) {
    Verdict elsewhere = namesThings ? NOT_FOUND : ENTERS;
    return switch (access) {
      case Access.Open() -> ENTERS;
      case Access.Secret _ -> UNAUTHENTICATED;
      case Access.SignedIn() ->
          switch (caller) {
            case Kind.Stranger() -> elsewhere;
            case Kind.Member _, Kind.Outside _, Kind.Removed _ -> ENTERS;
            case Kind.Nobody _, Kind.Link _, Kind.Device _, Kind.Ended _, Kind.ApiKey _ ->
                UNAUTHENTICATED;
          };
      case Access.SuperAdminOnly() ->
          switch (caller) {
            case Kind.Member(Role role) -> role == Role.SUPER_ADMIN ? ENTERS : FORBIDDEN;
            case Kind.Stranger _, Kind.Outside _, Kind.Removed _ -> FORBIDDEN;
            case Kind.Nobody _, Kind.Link _, Kind.Device _, Kind.Ended _, Kind.ApiKey _ ->
                UNAUTHENTICATED;
          };
      case Access.WithLink(boolean orDevice) ->
          switch (caller) {
            case Kind.Link(boolean isOwn) -> isOwn ? ENTERS : elsewhere;
            case Kind.Device() -> orDevice ? ENTERS : UNAUTHENTICATED;
            default -> UNAUTHENTICATED;
          };
      case Access.WithDevice() -> caller instanceof Kind.Device ? ENTERS : UNAUTHENTICATED;
      case Access.Permitted(Permission permission, boolean orLink, boolean orDevice) ->
          switch (caller) {
            case Kind.Nobody _, Kind.Ended _ -> UNAUTHENTICATED;
            case Kind.Link(boolean isOwn) -> orLink ? isOwn ? ENTERS : elsewhere : UNAUTHENTICATED;
            case Kind.Device() -> orDevice ? ENTERS : UNAUTHENTICATED;
            case Kind.Member(Role role) -> permission.isGrantedTo(role) ? ENTERS : FORBIDDEN;
            case Kind.Stranger() -> elsewhere;
            case Kind.Outside() -> NO_ORGANIZATION;
            case Kind.Removed() -> FORBIDDEN;
            case Kind.ApiKey(Set<Permission> held, boolean isStrangers) ->
                !permission.forApiKeys() || !held.contains(permission)
                    ? FORBIDDEN
                    : isStrangers ? elsewhere : ENTERS;
          };
    };
  }

  /// Whether an answer says so.
  boolean isSaidBy(Answer answer) {
    String type =
        answer.status() < 400
            ? ""
            : answer.json().path("type").asText().replace("urn:turnout:problem:", "");
    return switch (this) {
      case ENTERS -> answer.status() < 500 && !REFUSALS.contains(type);
      case UNAUTHENTICATED -> answer.status() == 401 && type.equals("unauthenticated");
      case FORBIDDEN -> answer.status() == 403 && type.equals("forbidden");
      case NO_ORGANIZATION -> answer.status() == 403 && type.equals("no_organization");
      case NOT_FOUND -> answer.status() == 404 && type.equals("not_found");
    };
  }
}
