package app.turnout.live;

import app.turnout.platform.tokens.ApiKeyTokens;
import app.turnout.platform.tokens.DerivedTokens;
import app.turnout.testing.TestTokens;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/// An organization whose people, events and participants a test puts straight into the tables of
/// the areas that own them.
public final class TestTenant {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  private final Jdbi jdbi;
  private final UUID organization = UUID.randomUUID();
  private int participants;

  public TestTenant(DataSource owner) {
    jdbi = Jdbi.create(owner);
    execute(
        """
        insert into organizations (id, name, type, plan, created_at, updated_at, version)
        values (:organization, 'UL', 'school', 'free', :created, :created, 1)
        """,
        Map.of());
  }

  public UUID id() {
    return organization;
  }

  /// A user with a role.
  public UUID member(String role) {
    UUID user = UUID.randomUUID();
    execute(
        """
        with u as (
          insert into users (id, email, name, locale, password_hash, created_at, updated_at)
          values (
            :user, cast(:user as text) || '@example.com', 'Olivia', 'en', '', :created, :created)
          returning id)
        insert into members (organization_id, user_id, role, created_at)
        select :organization, u.id, :role, :created
        from u
        """,
        Map.of("user", user, "role", role));
    return user;
  }

  /// A token that a member got a minute before.
  public String accessToken(UUID user) {
    return TestTokens.accessToken(user, organization, LiveHarness.NOW.minusSeconds(60));
  }

  /// The text of a key that carries a permission.
  public String apiKey(UUID id, String permission) {
    String text = "tk_%s_%s".formatted(id.toString().substring(24), "A".repeat(43));
    execute(
        """
        insert into api_keys (
          id, organization_id, name, prefix, token_hash, permissions, created_at, version)
        values (:id, :organization, 'gate', 'tk', :hash, array[:permission], :created, 1)
        """,
        Map.of("id", id, "hash", ApiKeyTokens.hash(text), "permission", permission));
    return text;
  }

  /// An event at 52, -8 with one date of the same id, half an hour from now.
  public UUID event() {
    UUID event = UUID.randomUUID();
    execute(
        """
        with e as (
          insert into events (
            id, organization_id, title, type, status, visibility, latitude, longitude,
            arrival_radius_metres, time_zone, tracking_opens_minutes_before, check_in_on_arrival,
            created_at, updated_at, version)
          values (
            :event, :organization, 'Lecture', 'demand', 'scheduled', 'private', 52, -8, 150,
            'Europe/Dublin', 60, false, :created, :created, 1)
          returning id)
        insert into occurrences (
          id, organization_id, event_id, original_start, local_start, local_end, time_zone,
          starts_at, ends_at, status, created_at, updated_at, version)
        select
          e.id, :organization, e.id, :start at time zone 'UTC', :start at time zone 'UTC',
          :end at time zone 'UTC', 'Europe/Dublin', :start, :end, 'scheduled', :created, :created, 1
        from e
        """,
        Map.of(
            "event",
            event,
            "start",
            LiveHarness.NOW.plusSeconds(1800).atOffset(ZoneOffset.UTC),
            "end",
            LiveHarness.NOW.plusSeconds(7200).atOffset(ZoneOffset.UTC)));
    return event;
  }

  /// The event shows positions to its participants.
  public void share(UUID event) {
    execute(
        "update events set positions_visible_to = 'participants' where id = :event",
        Map.of("event", event));
  }

  /// Somebody who was not asked for consent yet; their names count up.
  public UUID participant(UUID event) {
    participants++;
    UUID participant = new UUID(event.getMostSignificantBits(), participants);
    execute(
        """
        insert into participants (
          id, organization_id, event_id, occurrence_id, name, locale, status, created_at,
          updated_at, version)
        values (
          :participant, :organization, :event, :event, :name, 'en', 'pending', :created,
          :created, 1)
        """,
        Map.of("participant", participant, "event", event, "name", "Brendan " + participants));
    return participant;
  }

  /// Somebody who lets themselves be located.
  ///
  /// @param visibleTo `organisers` or `participants`: what they agreed to
  public UUID consenting(UUID event, String visibleTo) {
    UUID participant = participant(event);
    execute(
        """
        insert into consents (
          participant_id, organization_id, granted, changed_at, positions_visible_to)
        values (:participant, :organization, true, :created, :visibleTo)
        """,
        Map.of("participant", participant, "visibleTo", visibleTo));
    return participant;
  }

  public void withdraw(UUID participant) {
    execute(
        "update consents set granted = false where participant_id = :participant",
        Map.of("participant", participant));
  }

  /// Where somebody is: a kilometre north of the event.
  public void position(UUID participant, Instant recordedAt) {
    execute(
        """
        insert into latest_positions (
          participant_id, organization_id, occurrence_id, recorded_at, received_at, latitude,
          longitude, accuracy_metres, source)
        select id, organization_id, occurrence_id, :at, :at, 52.009, -8, 8, 'json'
        from participants
        where id = :participant
        """,
        Map.of("participant", participant, "at", recordedAt.atOffset(ZoneOffset.UTC)));
  }

  /// The token of a link of this participant.
  public String link(UUID participant) {
    UUID link = UUID.randomUUID();
    String token = new DerivedTokens("link-token-key-of-at-least-32-characters").token(link, 1);
    execute(
        """
        insert into participant_links (
          id, organization_id, participant_id, generation, token_hash, created_at)
        values (:link, :organization, :participant, 1, :hash, :created)
        """,
        Map.of("link", link, "participant", participant, "hash", DerivedTokens.hash(token)));
    return token;
  }

  public void execute(String statement, Map<String, ?> values) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(statement)
                .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true))
                .bind("organization", organization)
                .bind("created", CREATED.atOffset(ZoneOffset.UTC))
                .bindMap(new HashMap<>(values))
                .execute());
  }
}
