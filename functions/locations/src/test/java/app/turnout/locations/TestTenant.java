package app.turnout.locations;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.tokens.DerivedTokens;
import app.turnout.testing.TestTokens;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/// An organization with a member, whose events and participants a test puts straight into the
/// tables of the areas that own them.
public final class TestTenant {
  private static final Instant CREATED = Instant.parse("2019-01-01T00:00:00Z");

  private final Jdbi jdbi;
  private final Map<String, Object> names = new HashMap<>();
  private final UUID organization = UUID.randomUUID();
  private final UUID user = UUID.randomUUID();

  public TestTenant(DataSource owner) {
    jdbi = Jdbi.create(owner);
    names.put("organization", organization);
    names.put("user", user);
    names.put("created", CREATED.atOffset(ZoneOffset.UTC));
    execute(
        """
        with o as (
          insert into organizations (id, name, type, plan, created_at, updated_at, version)
          values (:organization, 'UL', 'school', 'free', :created, :created, 1)
          returning id),
        u as (
          insert into users (id, email, name, locale, password_hash, created_at, updated_at)
          values (
            :user, cast(:user as text) || '@example.com', 'Olivia', 'en', '', :created, :created)
          returning id)
        insert into members (organization_id, user_id, role, created_at)
        select o.id, u.id, 'org_operator', :created
        from o, u
        """,
        Map.of());
  }

  public UUID id() {
    return organization;
  }

  /// A token that the member got a minute before.
  public String accessToken(Instant now) {
    return TestTokens.accessToken(user, organization, now.minusSeconds(60));
  }

  /// An event at 52, -8 with one date of the same id, published.
  public UUID event(Instant startsAt, Instant endsAt) {
    UUID event = UUID.randomUUID();
    execute(
        """
        with e as (
          insert into events (
            id, organization_id, title, type, status, visibility, latitude, longitude,
            arrival_radius_metres, time_zone, tracking_opens_minutes_before, check_in_on_arrival,
            created_by, created_at, updated_at, version)
          values (
            :event, :organization, 'Lecture', 'demand', 'scheduled', 'private', 52, -8, 150, 'UTC',
            60, false, :user, :created, :created, 1)
          returning id)
        insert into occurrences (
          id, organization_id, event_id, original_start, local_start, local_end, time_zone,
          starts_at, ends_at, status, created_at, updated_at, version)
        select
          e.id, :organization, e.id, :start at time zone 'UTC', :start at time zone 'UTC',
          :end at time zone 'UTC', 'UTC', :start, :end, 'scheduled', :created, :created, 1
        from e
        """,
        Map.of(
            "event",
            event,
            "start",
            startsAt.atOffset(ZoneOffset.UTC),
            "end",
            endsAt.atOffset(ZoneOffset.UTC)));
    return event;
  }

  /// Somebody who was not asked for consent yet.
  public UUID participant(UUID event) {
    UUID participant = UUID.randomUUID();
    execute(
        """
        insert into participants (
          id, organization_id, event_id, occurrence_id, name, locale, status, created_at,
          updated_at, version)
        values (
          :participant, :organization, :event, :event, 'Brendan', 'en', 'pending', :created,
          :created, 1)
        """,
        Map.of("participant", participant, "event", event));
    return participant;
  }

  /// Somebody who consents to being located.
  public UUID consenting(UUID event) {
    UUID participant = participant(event);
    consent(participant, true);
    return participant;
  }

  public void consent(UUID participant, boolean granted) {
    execute(
        """
        insert into consents (participant_id, organization_id, granted, changed_at)
        values (:participant, :organization, :granted, :created)
        on conflict (participant_id) do update set granted = excluded.granted
        """,
        Map.of("participant", participant, "granted", granted));
  }

  /// Takes a consent back that was given.
  ///
  /// @return the id of the receipt
  public UUID withdraw(UUID participant, Instant at) {
    UUID withdrawal = UUID.randomUUID();
    execute(
        """
        with withdrawn as (
          update consents
          set granted = false, changed_at = :at, withdrawn_at = :at
          where participant_id = :participant)
        insert into consent_withdrawals (id, organization_id, participant_id, withdrawn_at)
        values (:withdrawal, :organization, :participant, :at)
        """,
        Map.of(
            "participant",
            participant,
            "withdrawal",
            withdrawal,
            "at",
            at.atOffset(ZoneOffset.UTC)));
    return withdrawal;
  }

  /// Gives a consent again that was taken back.
  public void consentAgain(UUID participant, Instant at) {
    execute(
        "update consents set granted = true, changed_at = :at where participant_id = :participant",
        Map.of("participant", participant, "at", at.atOffset(ZoneOffset.UTC)));
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

  public PingMessage message(UUID participant, UUID occurrence, Instant receivedAt, Ping... pings) {
    return new PingMessage(
        new OrganizationId(organization),
        new OccurrenceId(occurrence),
        new ParticipantId(participant),
        receivedAt,
        PingSource.JSON,
        List.of(pings));
  }

  public void execute(String statement, Map<String, ?> values) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(statement)
                .configure(
                    org.jdbi.v3.core.statement.SqlStatements.class,
                    config -> config.setUnusedBindingAllowed(true))
                .bindMap(names)
                .bindMap(values)
                .execute());
  }

  /// The rows' columns as text, separated by a space.
  public List<String> rows(String query, Map<String, ?> values) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(query)
                .configure(
                    org.jdbi.v3.core.statement.SqlStatements.class,
                    config -> config.setUnusedBindingAllowed(true))
                .bindMap(names)
                .bindMap(values)
                .map(
                    (row, context) -> {
                      StringBuilder text = new StringBuilder();
                      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        text.append(i == 1 ? "" : " ").append(row.getString(i));
                      }
                      return text.toString();
                    })
                .list());
  }
}
