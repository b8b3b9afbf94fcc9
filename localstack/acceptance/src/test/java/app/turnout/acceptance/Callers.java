package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.platform.security.Permission;
import app.turnout.platform.security.Role;
import app.turnout.platform.tokens.ApiKeyTokens;
import app.turnout.platform.tokens.DeviceTokens;
import app.turnout.testing.ApiClient.Answer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One of each kind of caller that there can be, around one organization.
final class Callers {
  /// What a caller is to that organization.
  sealed interface Kind {
    record Nobody() implements Kind {}

    /// The holder of a participant's link: the participant that paths name, or another.
    record Link(boolean isOwn) implements Kind {}

    /// A device of the participant that paths name.
    record Device() implements Kind {}

    /// [Role#SUPER_ADMIN] is no member.
    record Member(Role role) implements Kind {}

    /// The owner of another organization, acting there.
    record Stranger() implements Kind {}

    /// Signed in, acting in no organization.
    record Outside() implements Kind {}

    /// Was a member when the access token was made.
    record Removed() implements Kind {}

    /// With a session that was revoked, or an account that was closed, since the access token was
    /// made.
    record Ended() implements Kind {}

    record ApiKey(Set<Permission> permissions, boolean isStrangers) implements Kind {
      public ApiKey {
        permissions = Set.copyOf(permissions);
      }
    }
  }

  /// @param name for people
  /// @param authorization value of that header, empty for none
  /// @param actor its id in the audit log; null for who can do nothing
  record Caller(String name, Kind kind, String authorization, @Nullable UUID actor) {}

  private static final Set<Permission> FOR_KEYS =
      Arrays.stream(Permission.values())
          .filter(Permission::forApiKeys)
          .collect(Collectors.toUnmodifiableSet());

  private final Client client;
  private final Rows rows;
  private final Organiser owner;
  private final Organiser stranger;
  private final SecureRandom random = new SecureRandom();
  private final List<Caller> people = new ArrayList<>();
  private final List<Caller> keys = new ArrayList<>();

  Callers(
      Client client,
      Rows rows,
      Organiser owner,
      Organiser stranger,
      Organiser.Participant own,
      Organiser.Participant other) {
    this.client = client;
    this.rows = rows;
    this.owner = owner;
    this.stranger = stranger;
    people.add(new Caller("nobody", new Kind.Nobody(), "", null));
    people.add(
        new Caller("link", new Kind.Link(true), own.authorization(), UUID.fromString(own.id())));
    people.add(
        new Caller(
            "another's link",
            new Kind.Link(false),
            other.authorization(),
            UUID.fromString(other.id())));
    people.add(device(UUID.fromString(own.id())));
    for (Role role : Role.values()) {
      if (role == Role.ORG_OWNER) {
        people.add(of(role.wire(), new Kind.Member(role), owner.accessToken(), user(owner)));
      } else {
        people.add(member(role));
      }
    }
    people.add(
        of(
            "another organization's owner",
            new Kind.Stranger(),
            stranger.accessToken(),
            user(stranger)));
    people.add(outside());
    people.add(removed());
    people.addAll(ended());
    for (Permission permission : Permission.values()) {
      keys.add(key("key with " + permission.wire(), Set.of(permission), false));
    }
    for (Permission permission : FOR_KEYS) {
      Set<Permission> others =
          FOR_KEYS.stream().filter(one -> one != permission).collect(Collectors.toSet());
      keys.add(key("key without " + permission.wire(), others, false));
    }
    keys.add(key("key with all", FOR_KEYS, false));
    keys.add(key("another organization's key", FOR_KEYS, true));
  }

  /// Everybody who is worth asking at an endpoint: all people, and the keys whose answers tell
  /// something.
  List<Caller> at(Endpoint endpoint) {
    List<Caller> callers = new ArrayList<>(people);
    for (Caller caller : keys) {
      Kind.ApiKey key = (Kind.ApiKey) caller.kind();
      boolean telling =
          endpoint.access()
                  instanceof Endpoint.Access.Permitted(Permission wanted, boolean _, boolean _)
              ? key.isStrangers()
                  || key.permissions().equals(Set.of(wanted))
                  || (key.permissions().size() > 1 && !key.permissions().contains(wanted))
              : caller.name().equals("key with all");
      if (telling) {
        callers.add(caller);
      }
    }
    return callers;
  }

  /// The ids of users with a role in the organization, those first whom a change hurts least.
  List<String> members() {
    return rows
        .query(
            """
            select user_id
            from members
            where organization_id = ?
            order by array_position(
              array['org_viewer', 'org_operator', 'org_manager', 'org_admin', 'org_owner'], role)
            """,
            UUID.fromString(owner.organization()))
        .stream()
        .map(row -> Objects.requireNonNull(row.getFirst()))
        .toList();
  }

  private Caller member(Role role) {
    UUID user = account(role.wire());
    if (role == Role.SUPER_ADMIN) {
      // A switch may ask for membership, which is none of this walk's business.
      join(user, Role.ORG_OWNER);
      String token = switched(login(email(user)));
      leave(user);
      rows.update("update users set super_admin_since = created_at where id = ?", user);
      return of(role.wire(), new Kind.Member(role), token, user);
    }
    join(user, role);
    return of(role.wire(), new Kind.Member(role), switched(login(email(user))), user);
  }

  private Caller outside() {
    UUID user = account("outside");
    return of("signed in, nowhere", new Kind.Outside(), login(email(user)), user);
  }

  private Caller removed() {
    UUID user = account("removed");
    join(user, Role.ORG_OWNER);
    String token = switched(login(email(user)));
    leave(user);
    return of("removed member", new Kind.Removed(), token, user);
  }

  private List<Caller> ended() {
    UUID revoked = account("revoked");
    UUID closed = account("closed");
    join(revoked, Role.ORG_ADMIN);
    join(closed, Role.ORG_ADMIN);
    Caller ofRevoked =
        of("revoked session", new Kind.Ended(), switched(login(email(revoked))), revoked);
    Caller ofClosed =
        of("closed account", new Kind.Ended(), switched(login(email(closed))), closed);
    rows.update("update sessions set revoked_at = created_at where user_id = ?", revoked);
    rows.update("update users set deactivated_at = created_at where id = ?", closed);
    return List.of(ofRevoked, ofClosed);
  }

  private Caller key(String name, Set<Permission> permissions, boolean isStrangers) {
    byte[] secret = new byte[32];
    byte[] prefix = new byte[6];
    random.nextBytes(secret);
    random.nextBytes(prefix);
    String shown = "tk_" + HexFormat.of().formatHex(prefix);
    String text = shown + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    UUID id = UUID.randomUUID();
    // Used just now, and in the future: when is noted once a minute, and that would be a change.
    rows.update(
        """
        insert into api_keys (
          id, organization_id, name, prefix, token_hash, permissions, created_at, last_used_at,
          version)
        values (?, ?, ?, ?, ?, string_to_array(?, ','), timestamptz '2026-01-01T00:00:00Z',
          timestamptz '2100-01-01T00:00:00Z', 1)
        """,
        id,
        UUID.fromString((isStrangers ? stranger : owner).organization()),
        name,
        shown,
        ApiKeyTokens.hash(text),
        permissions.stream().map(Permission::wire).collect(Collectors.joining(",")));
    return new Caller(name, new Kind.ApiKey(permissions, isStrangers), "Bearer " + text, id);
  }

  private Caller device(UUID participant) {
    UUID id = UUID.randomUUID();
    String text = new DeviceTokens("of-this-walk-and-of-nothing-else-at-all").text(id);
    rows.update(
        """
        insert into participant_devices (
          id, organization_id, participant_id, name, token_hash, created_at)
        values (?, ?, ?, 'Phone', ?, timestamptz '2026-01-01T00:00:00Z')
        """,
        id,
        UUID.fromString(owner.organization()),
        participant,
        DeviceTokens.hash(text));
    return new Caller("device", new Kind.Device(), "Bearer " + text, participant);
  }

  /// An account with the organiser's password.
  private UUID account(String name) {
    UUID id = UUID.randomUUID();
    rows.insertLike(
        "users",
        "email = '" + owner.email() + "'",
        Map.of("id", id.toString(), "email", name + "-" + id + "@example.com"));
    return id;
  }

  private void join(UUID user, Role role) {
    rows.insertLike(
        "members",
        "organization_id = '%s' and role = 'org_owner' and user_id = '%s'"
            .formatted(owner.organization(), user(owner)),
        Map.of("user_id", user.toString(), "role", role.wire()));
  }

  private void leave(UUID user) {
    rows.update("delete from members where user_id = ?", user);
  }

  private String login(String email) {
    Answer answer =
        client.post(
            "/api/v1/auth/login",
            "",
            """
            {"email": "%s", "password": "%s"}\
            """
                .formatted(email, Organiser.PASSWORD));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("access_token").asText();
  }

  private String switched(String token) {
    Answer answer =
        client.post(
            "/api/v1/auth/switch",
            "Bearer " + token,
            """
            {"organization_id": "%s"}\
            """
                .formatted(owner.organization()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("access_token").asText();
  }

  private String email(UUID user) {
    return Objects.requireNonNull(
        rows.query("select email from users where id = ?", user).getFirst().getFirst());
  }

  UUID user(Organiser organiser) {
    return UUID.fromString(
        Objects.requireNonNull(
            rows.query("select id from users where email = ?", organiser.email())
                .getFirst()
                .getFirst()));
  }

  private static Caller of(String name, Kind kind, String token, UUID user) {
    return new Caller(name, kind, "Bearer " + token, user);
  }
}
