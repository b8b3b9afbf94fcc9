package app.turnout.platform.security;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.domain.UserId;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.tokens.DerivedTokens;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/// Lets callers into the open transaction: one statement each looks them up and sets whom row-level
/// security lets through. Whoever is not let in leaves a transaction that sees no tenant's row.
@Singleton
final class Entrance {
  private final Database database;

  Entrance(Database database) {
    this.database = database;
  }

  Caller.User asUser(Credentials credentials) {
    if (!(credentials instanceof Credentials.AccessToken token)) {
      throw new ProblemException(ProblemType.UNAUTHENTICATED, "An access token is needed");
    }
    database
        .handle()
        .createQuery("select enter_as_user(:user)")
        .bind("user", token.user().value())
        .mapTo(String.class)
        .one();
    return new Caller.User(token.user(), token.session());
  }

  Caller.Member asMember(Credentials.AccessToken token, Permission permission) {
    OrganizationId organization = token.organization();
    if (organization == null) {
      throw new ProblemException(
          ProblemType.NO_ORGANIZATION, "Choose an organization by POST /api/v1/auth/switch");
    }
    Role role =
        memberRole(token.user(), organization)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.FORBIDDEN,
                        "The caller is not a member of the organization any more"));
    if (!permission.isGrantedTo(role)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, permission.wire() + " is not granted to " + role.wire());
    }
    return new Caller.Member(token.user(), token.session(), organization, role);
  }

  Caller.Link byLink(Credentials credentials) {
    if (!(credentials instanceof Credentials.OpaqueToken opaque)) {
      throw new ProblemException(ProblemType.UNAUTHENTICATED, "A participant's link is needed");
    }
    return database
        .handle()
        .createQuery(
            """
            select link_id, organization_id, event_id, occurrence_id, participant_id
            from enter_by_link(:hash)
            """)
        .bind("hash", DerivedTokens.hash(opaque.token()))
        .map(
            (row, context) ->
                new Caller.Link(
                    row.getObject("link_id", UUID.class),
                    new OrganizationId(row.getObject("organization_id", UUID.class)),
                    new EventId(row.getObject("event_id", UUID.class)),
                    new OccurrenceId(row.getObject("occurrence_id", UUID.class)),
                    new ParticipantId(row.getObject("participant_id", UUID.class))))
        .findOne()
        .orElseThrow(
            () -> new ProblemException(ProblemType.UNAUTHENTICATED, "The link is not valid"));
  }

  private Optional<Role> memberRole(UserId user, OrganizationId organization) {
    return database
        .handle()
        .createQuery("select enter_as_member(:user, :organization)")
        .bind("user", user.value())
        .bind("organization", organization.value())
        .mapTo(String.class)
        .findOne()
        .map(Role::fromWire);
  }
}
