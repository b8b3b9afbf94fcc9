package app.turnout.events.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.domain.GeoPoint;
import app.turnout.testing.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/// With 100,000 events, every search is found by an index, whether it is planned for its values or
/// once for all values.
class CatalogueIndexTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Instant NOW = Instant.parse("2027-06-01T00:00:00Z");
  private static final UUID ORGANIZATION = UUID.fromString("00000000-0000-7000-8000-000000000007");
  private static final UUID EVENT = UUID.fromString("00000000-0000-7000-a000-000000000777");
  private static final ObjectMapper JSON = new ObjectMapper();

  /// What is looked for, without anything else asked.
  private static final CatalogueQuery ALL =
      new CatalogueQuery(
          List.of(),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          25_000,
          null,
          CatalogueSort.START);

  /// Nine events of one date and one of 52, again and again, over a year.
  @BeforeAll
  static void fill() throws SQLException {
    try (Connection connection = DATABASE.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          -- Made anew when the rows are there: faster, and nothing waits in a pending list.
          create temporary table put_off as
          select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
          from pg_index i
          where indrelid in ('catalogue_entries'::regclass, 'catalogue_dates'::regclass)
            and not exists (select from pg_constraint where conindid = i.indexrelid);
          do $$
          declare name text;
          begin
            for name in select p.name from put_off p loop
              execute 'drop index ' || name;
            end loop;
          end $$;
          set session_replication_role = replica;
          insert into catalogue_entries (
            event_id, organization_id, organization_name, slug, former_slugs, is_listed, title,
            language, translations, category, type, status, time_zone, area_id, area_name, city,
            latitude, longitude, price_min, price_max, currency, ticket_types, parts,
            first_starts_at, last_ends_at, title_key, category_key, search_text, city_keys, places,
            is_touring, created_at, updated_at, version)
          select
            ('00000000-0000-7000-a000-' || lpad(to_hex(i), 12, '0'))::uuid,
            ('00000000-0000-7000-8000-' || lpad(to_hex(i % 500), 12, '0'))::uuid, 'Organization',
            'event-' || i, '{}', i % 20 > 0, md5(i::text) || ' event', 'en', '{}', 'Kind ' || i % 40,
            case when i % 10 = 0 then 'periodic' else 'demand' end,
            case when i % 50 = 1 then 'cancelled' else 'scheduled' end, 'UTC',
            ('00000000-0000-7000-9000-' || lpad(to_hex(i % 5000), 12, '0'))::uuid, 'Hall',
            'City ' || i % 300, latitude, longitude, hashint4(i) & 8191, 10000, 'EUR', '[]', '[]',
            start, start, md5(i::text) || ' event', 'kind ' || i % 40,
            md5(i::text) || ' event ' || md5((i * 7)::text) || ' kind ' || i % 40,
            array['city ' || i % 300], on_sphere(latitude, longitude), i % 100 = 3, start, start, 1
          from (
            select
              i,
              asind(sind(-80) + (hashint4(i + 7) & 65535) / 65536.0) as latitude,
              (hashint4(i + 9) & 65535) / 65536.0 * 360 - 180 as longitude,
              timestamptz '2027-01-01 00:00Z' + i * 5003 % 31536000 * interval '1 second' as start
            from generate_series(1, 100000) i) made;
          insert into catalogue_dates (
            event_id, occurrence_id, organization_id, original_start, is_listed, local_start,
            local_end, time_zone, starts_at, ends_at, previous_ends_at, is_last, is_long, status,
            city, latitude, longitude, is_moved, updated_at, version)
          select
            event_id, event_id, organization_id, start, is_listed, start, start, 'UTC', start,
            start + length, coalesce(
              lag(start + length) over (partition by event_id order by start), '-infinity'),
            1 = row_number() over (partition by event_id order by start desc),
            length > interval '12 hours', status, city, latitude, longitude, false, start, 1
          from (
            select
              e.*,
              case when abs(hashtext(slug)) % 50 = 0 then interval '5 days'
                else interval '2 hours' end as length
            from catalogue_entries e) e
          cross join lateral generate_series(
            first_starts_at,
            first_starts_at
              + case when type = 'periodic' then interval '51 weeks' else interval '0' end,
            interval '7 days') start;
          do $$
          declare definition text;
          begin
            for definition in select p.definition from put_off p loop
              execute definition;
            end loop;
          end $$;
          """);
    }
    try (Connection connection = DATABASE.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("vacuum analyze catalogue_entries");
      statement.execute("vacuum analyze catalogue_dates");
    }
  }

  /// @param indexes of which the plan uses one at least; any when there are none
  private record Search(String name, CatalogueQuery query, List<String> indexes) {}

  private static List<Search> searches() {
    GeoPoint point = new GeoPoint(53.3, -6.2);
    Instant later = Instant.parse("2027-08-01T00:00:00Z");
    List<Search> searches = new ArrayList<>();
    String start = "catalogue_dates_start";
    searches.add(new Search("all", ALL, List.of(start)));
    searches.add(
        new Search(
            "words", with(ALL, List.of("c4ca4238"), null), List.of("catalogue_entries_search")));
    searches.add(
        new Search(
            "two words",
            with(ALL, List.of("c4ca4238", "event"), null),
            List.of("catalogue_entries_search")));
    searches.add(new Search("short word", with(ALL, List.of("ev"), null), List.of()));
    searches.add(
        new Search(
            "city",
            of("City 7", null, null, null, null),
            List.of("catalogue_entries_cities", start)));
    searches.add(
        new Search(
            "category",
            of(null, "Kind 7", null, null, null),
            List.of("catalogue_entries_category", start)));
    searches.add(new Search("type", of(null, null, "demand", null, null), List.of(start)));
    searches.add(
        new Search(
            "organization",
            of(null, null, null, null, ORGANIZATION),
            List.of("catalogue_entries_organization")));
    for (String status : List.of("scheduled", "active", "completed", "cancelled")) {
      searches.add(new Search(status, of(null, null, null, status, null), List.of()));
    }
    searches.add(new Search("from", times(later, null), List.of(start)));
    searches.add(new Search("to", times(null, later), List.of(start)));
    searches.add(new Search("a day", times(later, later.plusSeconds(86_400)), List.of(start)));
    searches.add(new Search("cheap", prices(0L, 20L), List.of("catalogue_entries_price", start)));
    for (double radius : new double[] {1_000, 50_000, 1_000_000}) {
      searches.add(
          new Search(
              "near " + radius,
              near(point, radius, CatalogueSort.START),
              radius < 100_000 ? List.of("catalogue_entries_places") : List.of()));
      searches.add(
          new Search(
              "nearest " + radius,
              near(point, radius, CatalogueSort.DISTANCE),
              List.of("catalogue_entries_places")));
    }
    Map.of(
            CatalogueSort.LATEST_START, start,
            CatalogueSort.TITLE, "catalogue_entries_title",
            CatalogueSort.PRICE, "catalogue_entries_price",
            CatalogueSort.NEWEST, "catalogue_entries_newest")
        .forEach(
            (sort, index) -> {
              searches.add(
                  new Search("by " + sort.wire(), with(ALL, List.of(), sort), List.of(index)));
              searches.add(
                  new Search(
                      "words by " + sort.wire(),
                      with(ALL, List.of("c4ca4238"), sort),
                      List.of("catalogue_entries_search")));
            });
    return searches;
  }

  @TestFactory
  Stream<DynamicTest> everySearchIsFoundByItsIndex() {
    return searches().stream()
        .flatMap(
            search ->
                Stream.of(true, false)
                    .map(
                        first ->
                            DynamicTest.dynamicTest(
                                search.name() + (first ? "" : ", next page"),
                                () -> check(search, first))));
  }

  private static void check(Search search, boolean isFirst) throws Exception {
    CatalogueStatement statement =
        new CatalogueStatement(
            search.query(),
            isFirst ? null : new CatalogueStatement.Position(key(search.query().sort()), EVENT),
            21,
            NOW);
    for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
      String plan = plan(statement, mode);
      for (JsonNode scan : JSON.readTree(plan).findParents("Node Type")) {
        if (scan.path("Node Type").asText().equals("Seq Scan")) {
          assertThat(scan.path("Relation Name").asText())
              .as(mode + "\n" + statement.text() + "\n" + plan)
              .doesNotStartWith("catalogue_");
        }
      }
      if (!search.indexes().isEmpty() && mode.equals("force_custom_plan")) {
        List<String> used = JSON.readTree(plan).findValuesAsText("Index Name");
        assertThat(used)
            .as(mode + "\n" + statement.text() + "\n" + plan)
            .containsAnyElementsOf(search.indexes());
      }
    }
  }

  private static Object key(CatalogueSort sort) {
    return switch (sort) {
      case START, LATEST_START -> Instant.parse("2027-07-01T00:00:00Z");
      case TITLE -> "777";
      case PRICE -> 77L;
      case DISTANCE -> 0.001;
      case NEWEST -> EVENT;
    };
  }

  /// As the application asks, with its parameters.
  private static String plan(CatalogueStatement statement, String mode) throws SQLException {
    Matcher names = Pattern.compile("(?<!:):([a-zA-Z]\\w*)").matcher(statement.text());
    List<String> order = new ArrayList<>();
    String numbered =
        names.replaceAll(
            found -> {
              if (!order.contains(found.group(1))) {
                order.add(found.group(1));
              }
              return "\\$" + (order.indexOf(found.group(1)) + 1);
            });
    List<String> types = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (String name : order) {
      Object value = statement.parameters().get(name);
      types.add(type(value));
      values.add("'" + value + "'");
    }
    try (Connection connection = DATABASE.as(TestDatabase.APP).getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute("set plan_cache_mode = " + mode);
      sql.execute("prepare search (" + String.join(", ", types) + ") as " + numbered);
      try (ResultSet plan =
          sql.executeQuery(
              "explain (format json) execute search (" + String.join(", ", values) + ")")) {
        plan.next();
        return plan.getString(1);
      }
    }
  }

  private static String type(@Nullable Object value) {
    return switch (value) {
      case OffsetDateTime _ -> "timestamptz";
      case UUID _ -> "uuid";
      case Double _ -> "double precision";
      case Long _ -> "bigint";
      case null, default -> "text";
    };
  }

  private static CatalogueQuery with(
      CatalogueQuery query, List<String> words, @Nullable CatalogueSort sort) {
    return new CatalogueQuery(
        words,
        query.city(),
        query.category(),
        query.type(),
        query.status(),
        query.from(),
        query.to(),
        query.priceMin(),
        query.priceMax(),
        query.currency(),
        query.near(),
        query.radiusMetres(),
        query.organization(),
        sort == null ? query.sort() : sort);
  }

  private static CatalogueQuery of(
      @Nullable String city,
      @Nullable String category,
      @Nullable String type,
      @Nullable String status,
      @Nullable UUID organization) {
    return new CatalogueQuery(
        List.of(),
        city,
        category,
        type,
        status,
        null,
        null,
        null,
        null,
        null,
        null,
        25_000,
        organization,
        CatalogueSort.START);
  }

  private static CatalogueQuery times(@Nullable Instant from, @Nullable Instant to) {
    return new CatalogueQuery(
        List.of(),
        null,
        null,
        null,
        null,
        from,
        to,
        null,
        null,
        null,
        null,
        25_000,
        null,
        CatalogueSort.START);
  }

  private static CatalogueQuery prices(Long least, Long most) {
    return new CatalogueQuery(
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        least,
        most,
        "EUR",
        null,
        25_000,
        null,
        CatalogueSort.PRICE);
  }

  private static CatalogueQuery near(GeoPoint point, double radius, CatalogueSort sort) {
    return new CatalogueQuery(
        List.of(), null, null, null, null, null, null, null, null, null, point, radius, null, sort);
  }
}
