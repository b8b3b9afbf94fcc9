package app.turnout.platform.security;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.tokens.ApiKeyTokens;
import app.turnout.platform.tokens.DerivedTokens;
import app.turnout.platform.tokens.DeviceTokens;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lets callers into the open transaction: one statement each looks them up and sets whom row-level
/// security lets through. Whoever is not let in leaves a transaction that sees no tenant's row.
@Singleton
final class Entrance {
  private final Database database;
  private final InstantSource time;

  Entrance(Database database, InstantSource time) {
    this.database = database;
    this.time = time;
  }

  Caller.User asUser(Credentials credentials) {
    Credentials.AccessToken token = accessToken(credentials);
    account(token);
    return new Caller.User(token.user(), token.session());
  }

  Caller.User asSuperAdmin(Credentials credentials) {
    Credentials.AccessToken token = accessToken(credentials);
    if (!account(token).equals(Role.SUPER_ADMIN.wire())) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Only administrators of the platform may do this");
    }
    return new Caller.User(token.user(), token.session());
  }

  Caller.Member asMember(Credentials.AccessToken token, Permission permission, boolean isReading) {
    OrganizationId organization = token.organization();
    if (organization == null) {
      throw new ProblemException(
          ProblemType.NO_ORGANIZATION, "Choose an organization by POST /api/v1/auth/switch");
    }
    Entered entered = enter(token, organization);
    if (entered.account() == null) {
      throw sessionEnded();
    }
    if (entered.role() == null) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "The caller is not a member of the organization any more");
    }
    if (!permission.isGrantedTo(entered.role())) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, permission.wire() + " is not granted to " + entered.role().wire());
    }
    if (entered.isBeingDeleted() && !isReading && permission != Permission.ORGANIZATION_OWN) {
      throw closing();
    }
    return new Caller.Member(token.user(), token.session(), organization, entered.role());
  }

  Caller.ApiKey byApiKey(Credentials.ApiKey credentials, Permission permission, boolean isReading) {
    return database
        .handle()
        .createQuery(
            """
            select key_id, organization_id, permissions, is_being_deleted
            from enter_by_api_key(:hash, :now)
            """)
        .bind("hash", ApiKeyTokens.hash(credentials.text()))
        .bind("now", time.instant().atOffset(ZoneOffset.UTC))
        .map((row, context) -> apiKey(row, permission, isReading))
        .findOne()
        .orElseThrow(
            () -> new ProblemException(ProblemType.UNAUTHENTICATED, "The API key is not valid"));
  }

  private static Caller.ApiKey apiKey(ResultSet row, Permission permission, boolean isReading)
      throws SQLException {
    Set<Permission> permissions =
        Arrays.stream((String[]) row.getArray("permissions").getArray())
            .map(Permission::fromWire)
            .collect(Collectors.toUnmodifiableSet());
    if (!permission.forApiKeys() || !permissions.contains(permission)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, permission.wire() + " is not granted to this API key");
    }
    if (row.getBoolean("is_being_deleted") && !isReading) {
      throw closing();
    }
    return new Caller.ApiKey(
        row.getObject("key_id", UUID.class),
        new OrganizationId(row.getObject("organization_id", UUID.class)),
        permissions);
  }

  private static ProblemException closing() {
    return new ProblemException(
        ProblemType.ORGANIZATION_CLOSING,
        "The organization is being deleted; until then it can be read only");
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

  Caller.Device byDevice(Credentials credentials) {
    if (!(credentials instanceof Credentials.DeviceToken token)) {
      throw new ProblemException(ProblemType.UNAUTHENTICATED, "A device's token is needed");
    }
    return database
        .handle()
        .createQuery(
            """
            select device_id, organization_id, event_id, occurrence_id, participant_id
            from enter_by_device(:hash)
            """)
        .bind("hash", DeviceTokens.hash(token.text()))
        .map(
            (row, context) ->
                new Caller.Device(
                    row.getObject("device_id", UUID.class),
                    new OrganizationId(row.getObject("organization_id", UUID.class)),
                    new EventId(row.getObject("event_id", UUID.class)),
                    new OccurrenceId(row.getObject("occurrence_id", UUID.class)),
                    new ParticipantId(row.getObject("participant_id", UUID.class))))
        .findOne()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.UNAUTHENTICATED,
                    "The device's token is not valid, or was revoked"));
  }

  private static Credentials.AccessToken accessToken(Credentials credentials) {
    if (credentials instanceof Credentials.AccessToken token) {
      return token;
    }
    throw new ProblemException(ProblemType.UNAUTHENTICATED, "An access token is needed");
  }

  /// `user` or `super_admin`.
  private String account(Credentials.AccessToken token) {
    return database
        .handle()
        .createQuery("select enter_by_session(:user, :session)")
        .bind("user", token.user().value())
        .bind("session", token.session())
        .mapTo(String.class)
        .findOne()
        .orElseThrow(Entrance::sessionEnded);
  }

  /// @param account null when it is closed or the session has ended
  /// @param role null for who is no member
  private record Entered(@Nullable String account, @Nullable Role role, boolean isBeingDeleted) {}

  private Entered enter(Credentials.AccessToken token, OrganizationId organization) {
    return database
        .handle()
        .createQuery(
            """
            select account, role, is_being_deleted
            from enter_organization(:user, :session, :organization)
            """)
        .bind("user", token.user().value())
        .bind("session", token.session())
        .bind("organization", organization.value())
        .map(
            (row, context) -> {
              String role = row.getString("role");
              return new Entered(
                  row.getString("account"),
                  role == null ? null : Role.fromWire(role),
                  row.getBoolean("is_being_deleted"));
            })
        .one();
  }

  private static ProblemException sessionEnded() {
    return new ProblemException(ProblemType.UNAUTHENTICATED, "The session has ended; log in again");
  }
}
