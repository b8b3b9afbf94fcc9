package app.turnout.eta;

import app.turnout.platform.tokens.DerivedTokens;
import app.turnout.testing.TestTokens;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// An organization with one member, whose events and participants a test puts straight into the
/// tables of the areas that own them.
final class TestTenant {
  private static final Instant CREATED = Instant.parse("2019-01-01T00:00:00Z");

  private final Jdbi jdbi;
  private final UUID organization = UUID.randomUUID();
  private final UUID user = UUID.randomUUID();

  TestTenant(DataSource owner, String role) {
    jdbi = Jdbi.create(owner);
    execute(
        """
        insert into organizations (id, name, type, plan, created_at, updated_at, version)
        values (:organization, 'UL', 'school', 'free', :now, :now, 1)
        """);
    execute(
        """
        insert into users (id, email, name, locale, password_hash, created_at, updated_at)
        values (:user, cast(:user as text) || '@example.com', 'Olivia', 'en', '', :now, :now)
        """);
    execute(
        """
        insert into members (organization_id, user_id, role, created_at)
        values (:organization, :user, '%s', :now)
        """
            .formatted(role));
  }

  /// A token of the member's, a minute old.
  String accessToken(Instant now) {
    return TestTokens.accessToken(user, organization, now.minusSeconds(60));
  }

  /// An event with one date, which has the same id.
  UUID event(@Nullable Place place, Instant startsAt, Instant endsAt) {
    UUID event = UUID.randomUUID();
    jdbi.useHandle(
        handle -> {
          handle
              .createUpdate(
                  """
                  insert into events (
                    id, organization_id, title, type, status, visibility, latitude, longitude,
                    arrival_radius_metres, time_zone, tracking_opens_minutes_before,
                    check_in_on_arrival, created_by, created_at, updated_at, version)
                  values (
                    :event, :organization, 'Lecture', 'demand', 'scheduled', 'private', :latitude,
                    :longitude, 150, 'UTC', 60, false, :user, :now, :now, 1)
                  """)
              .bind("event", event)
              .bind("organization", organization)
              .bind("user", user)
              .bind("latitude", place == null ? null : (Double) place.position().latitude())
              .bind("longitude", place == null ? null : (Double) place.position().longitude())
              .bind("now", CREATED.atOffset(ZoneOffset.UTC))
              .execute();
          handle
              .createUpdate(
                  """
                  insert into occurrences (
                    id, organization_id, event_id, original_start, local_start, local_end,
                    time_zone, starts_at, ends_at, status, created_at, updated_at, version)
                  values (
                    :event, :organization, :event, :start at time zone 'UTC',
                    :start at time zone 'UTC', :end at time zone 'UTC', 'UTC', :start, :end,
                    'scheduled', :now, :now, 1)
                  """)
              .bind("event", event)
              .bind("organization", organization)
              .bind("start", startsAt.atOffset(ZoneOffset.UTC))
              .bind("end", endsAt.atOffset(ZoneOffset.UTC))
              .bind("now", CREATED.atOffset(ZoneOffset.UTC))
              .execute();
        });
    return event;
  }

  UUID participant(UUID event, int number) {
    UUID participant = new UUID(event.getMostSignificantBits(), number);
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into participants (
                      id, organization_id, event_id, occurrence_id, name, locale, status,
                      created_at, updated_at, version)
                    values (
                      :participant, :organization, :event, :event, :name, 'en', 'pending', :now,
                      :now, 1)
                    """)
                .bind("participant", participant)
                .bind("organization", organization)
                .bind("event", event)
                .bind("name", "Brendan " + number)
                .bind("now", CREATED.atOffset(ZoneOffset.UTC))
                .execute());
    return participant;
  }

  void pings(UUID event, UUID participant, Collection<Ping> pings) {
    String columns =
        """
        (organization_id, occurrence_id, participant_id, recorded_at, received_at, latitude,
         longitude, source)
        values (
          :organization, :event, :participant, :recordedAt, :recordedAt, :latitude, :longitude,
          'json')
        """;
    jdbi.useTransaction(
        handle -> {
          for (String table : new String[] {"insert into pings", "insert into latest_positions"}) {
            String newest =
                table.endsWith("positions")
                    ? """
                    on conflict (participant_id) do update
                    set recorded_at = excluded.recorded_at,
                        latitude = excluded.latitude,
                        longitude = excluded.longitude
                    """
                    : "";
            var batch = handle.prepareBatch(table + " " + columns + newest);
            for (Ping ping : pings) {
              batch
                  .bind("organization", organization)
                  .bind("event", event)
                  .bind("participant", participant)
                  .bind("recordedAt", ping.time().atOffset(ZoneOffset.UTC))
                  .bind("latitude", ping.position().latitude())
                  .bind("longitude", ping.position().longitude())
                  .add();
            }
            batch.execute();
          }
        });
  }

  /// So many participants, who have sent a ping every five seconds for a quarter of an hour.
  void crowd(UUID event, int size, Instant now) {
    crowd(
        """
        insert into participants (
          id, organization_id, event_id, occurrence_id, name, locale, status, created_at,
          updated_at, version)
        select gen_random_uuid(), :organization, :event, :event, 'Brendan ' || n, 'en', 'pending',
               :now, :now, 1
        from generate_series(1, :size) as n
        """,
        event,
        size,
        now);
    crowd(
        """
        insert into pings (
          organization_id, occurrence_id, participant_id, recorded_at, received_at, latitude,
          longitude, source)
        select organization_id, :event, id, at, at, 48.40 + extract(epoch from :now - at) / 5e4,
               15.6207, 'json'
        from participants p
        cross join generate_series(:now - interval '900 s', :now, interval '5 s') as at
        where occurrence_id = :event
        order by at, id
        """,
        event,
        size,
        now);
    crowd(
        """
        insert into latest_positions (
          organization_id, occurrence_id, participant_id, recorded_at, received_at, latitude,
          longitude, source)
        select organization_id, :event, id, :now, :now, 48.40, 15.6207, 'json'
        from participants p
        where occurrence_id = :event
        """,
        event,
        size,
        now);
    jdbi.useHandle(handle -> handle.execute("analyze pings, latest_positions, participants"));
  }

  /// Each of the date has another newest ping.
  void crowdMoves(UUID event, Instant now) {
    crowd(
        """
        with moved as (
          update latest_positions
          set recorded_at = :now,
              latitude = latitude + 0.0005
          where occurrence_id = :event
          returning *)
        insert into pings (
          organization_id, occurrence_id, participant_id, recorded_at, received_at, latitude,
          longitude, source)
        select organization_id, occurrence_id, participant_id, recorded_at, recorded_at, latitude,
               longitude, source
        from moved
        """,
        event,
        1,
        now);
  }

  private void crowd(String statement, UUID event, int size, Instant now) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(statement)
                .bind("event", event)
                .bind("size", size)
                .bind("organization", organization)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute());
  }

  UUID id() {
    return organization;
  }

  /// Runs a statement with this participant as `:participant`.
  void execute(String statement, UUID participant) {
    jdbi.useHandle(
        handle -> handle.createUpdate(statement).bind("participant", participant).execute());
  }

  /// What is kept of a participant: a column of `etas`.
  @Nullable String kept(UUID participant, String column) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select " + column + "::text from etas where participant_id = :participant")
                .bind("participant", participant)
                .mapTo(String.class)
                .findOne()
                .orElse(null));
  }

  void arrived(UUID event, UUID participant, Instant at) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into arrivals (participant_id, organization_id, occurrence_id, arrived_at)
                    values (:participant, :organization, :event, :at)
                    """)
                .bind("participant", participant)
                .bind("organization", organization)
                .bind("event", event)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute());
  }

  /// The token of a link of this participant.
  String link(UUID participant) {
    UUID link = UUID.randomUUID();
    String token = new DerivedTokens("link-token-key-of-at-least-32-characters").token(link, 1);
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into participant_links (
                      id, organization_id, participant_id, generation, token_hash, created_at)
                    values (:link, :organization, :participant, 1, :hash, :now)
                    """)
                .bind("link", link)
                .bind("organization", organization)
                .bind("participant", participant)
                .bind("hash", DerivedTokens.hash(token))
                .bind("now", CREATED.atOffset(ZoneOffset.UTC))
                .execute());
    return token;
  }

  private void execute(String statement) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(statement)
                .bind("organization", organization)
                .bind("user", user)
                .bind("now", CREATED.atOffset(ZoneOffset.UTC))
                .execute());
  }
}
