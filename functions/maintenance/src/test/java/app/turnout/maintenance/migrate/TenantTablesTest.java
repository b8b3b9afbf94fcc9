package app.turnout.maintenance.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Tenants are kept apart by the database itself: what no tenant entered shows nothing.
class TenantTablesTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final UUID OWN = UUID.fromString("01890000-0000-7000-8000-00000000000a");
  private static final UUID FOREIGN = UUID.fromString("01890000-0000-7000-8000-00000000000b");

  /// Rows of two tenants in every table that row-level security guards.
  @BeforeAll
  static void twoTenants() throws SQLException {
    for (UUID tenant : List.of(OWN, FOREIGN)) {
      execute(
          DATABASE.owner(),
          """
          insert into users
          values ('%1$s', '%1$s@example.com', 'n', 'en', 'h', null, timestamptz '2026-01-01 00:00Z',
                  timestamptz '2026-01-01 00:00Z');
          insert into organizations
          values ('%1$s', 'o', 'event', 'free', null, timestamptz '2026-01-01 00:00Z',
                  timestamptz '2026-01-01 00:00Z', 1);
          insert into members values ('%1$s', '%1$s', 'org_owner', timestamptz '2026-01-01 00:00Z');
          insert into areas
          values ('%1$s', '%1$s', 'a', null, null, 1, 1, null, timestamptz '2026-01-01 00:00Z',
                  timestamptz '2026-01-01 00:00Z', 1);
          insert into events
          values ('%1$s', '%1$s', 't', null, null, 'demand', 'draft', 'private', '%1$s', null, null,
                  150, 'UTC', null, 60, false, '%1$s', timestamptz '2026-01-01 00:00Z',
                  timestamptz '2026-01-01 00:00Z', 1);
          insert into occurrences
          values ('%1$s', '%1$s', '%1$s', '2026-02-01', '2026-02-01', '2026-02-02', 'UTC',
                  timestamptz '2026-02-01 00:00Z', timestamptz '2026-02-02 00:00Z', 'scheduled',
                  null, timestamptz '2026-01-01 00:00Z', timestamptz '2026-01-01 00:00Z', 1);
          insert into series (
            id, organization_id, event_id, local_start, local_end, time_zone, rrule, made_before,
            created_at, updated_at, version)
          values ('%1$s', '%1$s', '%1$s', '2026-02-01', '2026-02-02', 'UTC', 'FREQ=DAILY',
                  '2027-02-01', timestamptz '2026-01-01 00:00Z', timestamptz '2026-01-01 00:00Z',
                  1);
          insert into ticket_types (
            id, organization_id, event_id, name, price_amount, price_currency, max_per_booking,
            position, created_at, updated_at, version)
          values ('%1$s', '%1$s', '%1$s', 't', 0, 'EUR', 10, 0, timestamptz '2026-01-01 00:00Z',
                  timestamptz '2026-01-01 00:00Z', 1);
          insert into event_slugs values ('%1$s', '%1$s', '%1$s', 't');
          insert into participants
          values ('%1$s', '%1$s', '%1$s', '%1$s', 'p', null, null, 'en', 'pending', null,
                  timestamptz '2026-01-01 00:00Z', timestamptz '2026-01-01 00:00Z', 1);
          insert into consents values ('%1$s', '%1$s', true, timestamptz '2026-01-01 00:00Z');
          insert into consent_withdrawals
          values ('%1$s', '%1$s', '%1$s', timestamptz '2026-01-01 00:00Z', null);
          insert into consent_withdrawal_steps
          values ('%1$s', '%1$s', 'locations', '{}', timestamptz '2026-01-01 00:00Z');
          insert into participant_links
          values ('%1$s', '%1$s', '%1$s', 1, '%1$s', timestamptz '2026-01-01 00:00Z', null);
          insert into participant_devices (
            id, organization_id, participant_id, name, token_hash, created_at)
          values ('%1$s', '%1$s', '%1$s', 'd', '%1$s', timestamptz '2026-01-01 00:00Z');
          insert into participant_imports (
            id, organization_id, event_id, occurrence_id, status, told_columns, locale,
            on_duplicate, created_at, updated_at)
          values ('%1$s', '%1$s', '%1$s', '%1$s', 'uploading', '{}', 'en', 'skip',
                  timestamptz '2026-01-01 00:00Z', timestamptz '2026-01-01 00:00Z');
          insert into participant_import_parts values ('%1$s', 1, '%1$s', 'a', 1, true);
          insert into participant_import_errors
          values ('%1$s', 1, 0, '%1$s', null, 'row', 'r', 'm');
          insert into latest_positions (
            participant_id, organization_id, occurrence_id, recorded_at, received_at, latitude,
            longitude, source)
          values ('%1$s', '%1$s', '%1$s', timestamptz '2026-02-01 00:00Z',
                  timestamptz '2026-02-01 00:00Z', 1, 1, 'json');
          insert into live_sequences values ('%1$s', '%1$s', 1, array['%1$s'::uuid], array[1]);
          insert into etas (
            participant_id, organization_id, occurrence_id, recorded_at, travel_mode,
            destination_latitude, destination_longitude, arrival_radius_metres, strategy,
            remaining_millis, moving, state, origin_latitude, origin_longitude, has_left,
            computed_at)
          values ('%1$s', '%1$s', '%1$s', timestamptz '2026-02-01 00:00Z', 'car', 1, 1, 150,
                  'simple', 0, false, 'not_left', 1, 1, false, timestamptz '2026-02-01 00:00Z');
          insert into arrivals
          values ('%1$s', '%1$s', '%1$s', timestamptz '2026-02-01 00:00Z');
          insert into ping_hours (
            participant_id, organization_id, occurrence_id, hour, pings, first_recorded_at,
            last_recorded_at, last_latitude, last_longitude)
          values ('%1$s', '%1$s', '%1$s', timestamptz '2026-02-01 00:00Z', 1,
                  timestamptz '2026-02-01 00:00Z', timestamptz '2026-02-01 00:00Z', 1, 1);
          insert into api_keys (
            id, organization_id, name, prefix, token_hash, permissions, created_at, version)
          values ('%1$s', '%1$s', 'k', 'p', '%1$s', '{}', timestamptz '2026-01-01 00:00Z', 1);
          insert into invitations (
            id, organization_id, email, role, locale, generation, token_hash, invited_by,
            created_at, sent_at, expires_at)
          values ('%1$s', '%1$s', 'e', 'org_viewer', 'en', 1, '%1$s', '%1$s',
                  timestamptz '2026-01-01 00:00Z', timestamptz '2026-01-01 00:00Z',
                  timestamptz '2026-01-08 00:00Z');
          insert into ownership_offers (
            id, organization_id, offered_by, offered_to, created_at, expires_at)
          values ('%1$s', '%1$s', '%1$s', '01890000-0000-7000-8000-00000000000c',
                  timestamptz '2026-01-01 00:00Z', timestamptz '2026-01-08 00:00Z');
          insert into audit_log (
            id, organization_id, actor_kind, action, subject_kind, subject_id, happened_at)
          values ('%1$s', '%1$s', 'system', 'a', 'k', '%1$s', timestamptz '2026-01-01 00:00Z');
          insert into erasures (id, subject_kind, subject_id, requested_by, requested_at, due_at)
          values ('%1$s', 'organization', '%1$s', '%1$s', timestamptz '2026-01-01 00:00Z',
                  timestamptz '2026-01-31 00:00Z');
          insert into erasure_steps values ('%1$s', 'events', '{}', null, null);
          insert into erasure_people values ('%1$s', '%1$s', 'e', null);
          insert into roster_members (
            id, organization_id, event_id, name, locale, created_at, updated_at, version)
          values ('%1$s', '%1$s', '%1$s', 'r', 'en', timestamptz '2026-01-01 00:00Z',
                  timestamptz '2026-01-01 00:00Z', 1);
          insert into roster_absences values ('%1$s', '%1$s', '%1$s');
          """
              .formatted(tenant));
    }
  }

  @Test
  void everyTenantTableIsGuarded() throws SQLException {
    List<String> unguarded =
        strings(
            DATABASE.owner(),
            """
            select c.relname
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
            where c.relkind in ('r', 'p')
              and c.relnamespace = 'public'::regnamespace
              and not c.relrowsecurity
              and c.relname !~ '^pings'
              -- A session says which organization it acts in; it belongs to the user.
              and c.relname <> 'sessions'
              -- What everybody may read: see the test of what is in them.
              and c.relname not in ('catalogue_entries', 'catalogue_dates')
            """);

    assertThat(unguarded).isEmpty();
  }

  @Test
  void catalogueHoldsWhatIsPublicOnlyAndIsNotWrittenByHand() throws SQLException {
    execute(
        DATABASE.owner(),
        """
        insert into events (
          id, organization_id, title, type, status, visibility, arrival_radius_metres, time_zone,
          tracking_opens_minutes_before, check_in_on_arrival, created_by, created_at, updated_at,
          version)
        select
          gen_random_uuid(), '%1$s', status || ' ' || visibility, 'demand', status, visibility, 150,
          'UTC', 60, false, '%1$s', timestamptz '2026-01-01 00:00Z',
          timestamptz '2026-01-01 00:00Z', 1
        from unnest(array['draft', 'scheduled', 'active', 'completed', 'cancelled']) status,
          unnest(array['public', 'unlisted', 'private']) visibility;
        insert into occurrences (
          id, organization_id, event_id, original_start, local_start, local_end, time_zone,
          starts_at, ends_at, status, created_at, updated_at, version)
        select
          id, organization_id, id, '2026-02-01', '2026-02-01', '2026-02-02', 'UTC',
          timestamptz '2026-02-01 00:00Z', timestamptz '2026-02-02 00:00Z', 'scheduled', created_at,
          updated_at, 1
        from events e
        where not exists (select from occurrences o where o.event_id = e.id);
        """
            .formatted(OWN));

    // Whoever asks, nothing but the truth comes of it.
    try (Connection connection = DATABASE.as(TestDatabase.APP).getConnection();
        Statement statement = connection.createStatement()) {
      ResultSet all =
          DATABASE
              .owner()
              .getConnection()
              .createStatement()
              .executeQuery("select array_agg(id)::text from events");
      all.next();
      statement.execute("select refresh_catalogue('" + all.getString(1) + "')");
    }

    assertThat(
            strings(
                DATABASE.as(TestDatabase.APP),
                "select title || case when is_listed then ', listed' else '' end"
                    + " from catalogue_entries order by title"))
        .containsExactly(
            "active public, listed",
            "active unlisted",
            "cancelled public, listed",
            "cancelled unlisted",
            "completed public, listed",
            "completed unlisted",
            "scheduled public, listed",
            "scheduled unlisted");
    assertThat(
            strings(
                DATABASE.as(TestDatabase.APP),
                "select count(*)::text from catalogue_dates group by is_listed"))
        .containsExactly("4", "4");
    for (String statement :
        List.of(
            "update catalogue_entries set title = 'x'",
            "delete from catalogue_dates",
            "insert into catalogue_dates select * from catalogue_dates",
            "insert into event_slugs select * from event_slugs",
            "select event_slug(null, null, 'x', true)")) {
      assertThatThrownBy(() -> updated(OWN.toString(), statement))
          .as(statement)
          .hasMessageContaining("permission denied");
    }
    execute(
        DATABASE.owner(), "delete from events where title <> 't'; delete from catalogue_entries");
  }

  @Test
  void applicationOwnsNothingAndBypassesNothing() throws SQLException {
    assertThat(
            strings(
                DATABASE.owner(),
                """
                select rolname
                from pg_roles
                where rolname in ('turnout_app', 'turnout_jobs')
                  and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
                """))
        .isEmpty();
    assertThat(
            strings(
                DATABASE.owner(),
                """
                select relname
                from pg_class
                where pg_get_userbyid(relowner) in ('turnout_app', 'turnout_jobs')
                """))
        .isEmpty();
  }

  @Test
  void withoutATenantNothingIsSeenOrChanged() throws SQLException {
    for (String table : guarded()) {
      assertThat(count(table, "")).as(table).isEqualTo(0);
    }
    assertThat(updated("", "update events set title = 'x'")).isEqualTo(0);
    assertThat(updated("", "delete from participants")).isEqualTo(0);
  }

  @Test
  void tenantSeesAndChangesItsOwnOnly() throws SQLException {
    for (String table : guarded()) {
      assertThat(count(table, OWN.toString())).as(table).isEqualTo(1);
    }
    assertThat(updated(OWN.toString(), "update events set title = 'x'")).isEqualTo(1);
    assertThat(updated(OWN.toString(), "delete from areas where id = '" + FOREIGN + "'"))
        .isEqualTo(0);
  }

  @Test
  void rowsOfAnotherTenantCannotBeWritten() {
    assertThatThrownBy(
            () ->
                updated(
                    OWN.toString(), "update participants set organization_id = '" + FOREIGN + "'"))
        .hasMessageContaining("row-level security");
    assertThatThrownBy(
            () ->
                updated(
                    OWN.toString(),
                    "insert into consents values ('"
                        + FOREIGN
                        + "', '"
                        + FOREIGN
                        + "', true, timestamptz '2026-01-01 00:00Z')"))
        .hasMessageContaining("row-level security");
  }

  /// The tables that the application may read under row-level security.
  private static List<String> guarded() throws SQLException {
    List<String> tables =
        strings(
            DATABASE.owner(),
            """
            select relname
            from pg_class
            where relrowsecurity
              and relnamespace = 'public'::regnamespace
              and has_table_privilege('turnout_app', oid, 'select')
            """);
    assertThat(tables).hasSizeGreaterThan(8);
    return tables;
  }

  private static int count(String table, String organization) throws SQLException {
    try (Connection connection = DATABASE.as(TestDatabase.APP).getConnection();
        Statement statement = connection.createStatement()) {
      enter(connection, statement, organization);
      try (ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  /// How many rows a statement would change; nothing is committed.
  private static int updated(String organization, String sql) throws SQLException {
    try (Connection connection = DATABASE.as(TestDatabase.APP).getConnection();
        Statement statement = connection.createStatement()) {
      enter(connection, statement, organization);
      return statement.executeUpdate(sql);
    }
  }

  private static void enter(Connection connection, Statement statement, String organization)
      throws SQLException {
    connection.setAutoCommit(false);
    statement.execute("select set_config('app.organization', '" + organization + "', true)");
  }

  private static void execute(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> strings(DataSource source, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
