package app.turnout.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/// Public events as the catalogue keeps them, in 500 cities, over a year from tomorrow.
final class PublicEvents {
  static final int COUNT = 100_000;

  /// Of the 200 events of a city those 20 that cost least.
  static final String CITY = "City 7";

  static final long PRICE_MAX = 1_900;
  static final String SEARCH =
      "/api/v1/catalogue/events?city=City%207&price_max=" + PRICE_MAX + "&limit=20";

  /// Without the events that they are of: nothing here reads those.
  private static final String PUBLISH =
      """
      set session_replication_role = replica;
      insert into catalogue_entries (
        event_id, organization_id, organization_name, slug, former_slugs, is_listed, title,
        language, translations, category, type, status, time_zone, area_id, area_name, address,
        city, latitude, longitude, price_min, price_max, currency, ticket_types, parts,
        first_starts_at, last_ends_at, title_key, category_key, search_text, city_keys, places,
        is_touring, created_at, updated_at, version)
      select
        ('00000000-0000-7000-a000-' || lpad(to_hex(i), 12, '0'))::uuid,
        ('00000000-0000-7000-8000-' || lpad(to_hex(i % 400), 12, '0'))::uuid,
        'Organization ' || i % 400, 'event-' || i, '{}', true, 'Event ' || i, 'en', '{}',
        'Kind ' || i % 40, 'demand', 'scheduled', 'Europe/Dublin',
        ('00000000-0000-7000-9000-' || lpad(to_hex(i % 5000), 12, '0'))::uuid, 'Hall ' || i % 5000,
        'Street ' || i % 5000, 'City ' || i % 500, latitude, longitude, i / 500 * 100,
        i / 500 * 100, 'EUR', '[]', '[]', start, start + interval '2 hours', 'event ' || i,
        'kind ' || i % 40, 'event ' || i || ' kind ' || i % 40 || ' city ' || i % 500,
        array['city ' || i % 500], on_sphere(latitude, longitude), false, now(), now(), 1
      from (
        select
          i,
          (hashint4(i % 5000) & 65535) / 65536.0 * 160 - 80 as latitude,
          (hashint4(i % 5000 + 9) & 65535) / 65536.0 * 360 - 180 as longitude,
          date_trunc('minute', now()) + interval '1 day'
            + i * 5003::bigint % 31536000 * interval '1 second' as start
        from generate_series(0, :last) i) made;
      insert into catalogue_dates (
        event_id, occurrence_id, organization_id, original_start, is_listed, local_start,
        local_end, time_zone, starts_at, ends_at, previous_ends_at, is_last, is_long, status,
        area_id, area_name, address, city, latitude, longitude, capacity, available, is_moved,
        updated_at, version)
      select
        event_id, event_id, organization_id, first_starts_at, true,
        first_starts_at at time zone time_zone, last_ends_at at time zone time_zone, time_zone,
        first_starts_at, last_ends_at, '-infinity', true, false, 'scheduled', area_id, area_name,
        address, city, latitude, longitude, 50, 50, false, updated_at, 1
      from catalogue_entries
      where slug like 'event-%';
      set session_replication_role = origin;
      analyze catalogue_entries, catalogue_dates
      """
          .replace(":last", String.valueOf(COUNT - 1));

  private PublicEvents() {}

  static void publish(DataSource superuser) throws SQLException {
    try (Connection connection = superuser.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(PUBLISH);
    }
  }
}
