package app.turnout.events.catalogue;

import app.turnout.domain.GeoPoint;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The statement that answers a query, of those conditions only that are asked for: one that allows
/// for all of them is planned for none. First the keys of a page are found by the indexes, then
/// what is shown of them.
///
/// Each event is there once, with the first of its dates that ends after a moment. In the order of
/// starts, dates that begin are walked along; those that go on for more than half a day, and may
/// have begun long ago, are found by themselves.
final class CatalogueStatement {
  /// As in `metres_between` and [GeoPoint].
  private static final double EARTH_RADIUS_METRES = 6_371_008.8;

  /// What `is_long` of a date says.
  private static final Duration LONG = Duration.ofHours(12);

  /// The exact place of a date; an event that is not touring has one place.
  private static final String DISTANCE =
      """
      (case when e.is_touring then on_sphere(d.latitude, d.longitude) else e.places end
        <-> on_sphere(:latitude, :longitude))\
      """;

  static final String SHOWN =
      """
      e.event_id, e.slug, e.organization_id, e.organization_name, e.title, e.category, e.type,
      e.status, e.image_url, e.language, e.registration_deadline, e.registration_closed_at,
      e.price_min, e.price_max, e.currency, d.occurrence_id, d.local_start, d.local_end,
      d.time_zone, d.starts_at, d.ends_at, d.status as date_status, d.title as date_title,
      d.area_id, d.area_name, d.address, d.city, d.latitude, d.longitude, d.capacity, d.available\
      """;

  /// @param key of the last event of the page before, as [CatalogueSort#type()] has it
  record Position(Object key, UUID event) {}

  private final CatalogueQuery query;
  private final @Nullable Position after;
  private final int limit;
  private final Map<String, Object> parameters = new LinkedHashMap<>();
  private final String text;

  /// @param now to which "over" refers
  CatalogueStatement(CatalogueQuery query, @Nullable Position after, int limit, Instant now) {
    this.query = query;
    this.after = after;
    this.limit = limit;
    bind("now", now);
    this.text = write(now);
  }

  String text() {
    return text;
  }

  /// By their names in the text.
  Map<String, Object> parameters() {
    return parameters;
  }

  private String write(Instant now) {
    String found = candidates(now);
    String distance = query.near() == null ? "cast(null as double precision)" : DISTANCE;
    CatalogueSort sort = query.sort();
    return """
    select %s, c.sort_key, %s as chord
    from (
    %s) c
    join catalogue_entries e on e.event_id = c.event_id
    join catalogue_dates d on d.event_id = c.event_id and d.original_start = c.original_start
    order by c.sort_key%s, c.event_id%s
    """
        .formatted(SHOWN, distance, found, sort.direction(), sort.direction());
  }

  private String candidates(Instant now) {
    List<String> common = new ArrayList<>(List.of("e.is_listed", "d.is_listed"));
    addFilters(common);
    boolean nearest = query.sort() == CatalogueSort.DISTANCE;
    String status = query.status();
    Instant from = query.from() == null ? now : query.from();
    if (status != null && (status.equals("completed") || status.equals("cancelled"))) {
      common.add("d.is_last");
      common.add(
          status.equals("cancelled")
              ? "(e.status = 'cancelled' or d.status = 'cancelled')"
              : "(d.ends_at <= :now or d.status = 'completed') and e.status <> 'cancelled' and"
                  + " d.status <> 'cancelled'");
      if (query.from() != null || status.equals("cancelled")) {
        bind("from", from);
        common.add("d.ends_at > :from");
      }
      return nearest ? nearest(common) : one(common, query.sort().key());
    }
    bind("from", from);
    common.add("d.ends_at > :from and d.previous_ends_at <= :from");
    common.add("e.status <> 'cancelled' and d.status <> 'cancelled'");
    if (query.from() == null || status != null) {
      common.add("e.status <> 'completed' and d.status <> 'completed'");
    }
    if ("scheduled".equals(status)) {
      common.add("d.starts_at > :now");
    } else if ("active".equals(status)) {
      common.add("d.starts_at <= :now and d.ends_at > :now");
    }
    if (nearest) {
      return nearest(common);
    }
    if (!query.sort().isByStart()) {
      return one(common, query.sort().key());
    }
    bind("soon", from.minus(LONG));
    List<String> beginning = new ArrayList<>(common);
    beginning.add("d.starts_at > :soon and not (d.is_long and d.starts_at <= :from)");
    List<String> going = new ArrayList<>(common);
    going.add("d.is_long and tstzrange(d.starts_at, d.ends_at) @> cast(:from as timestamptz)");
    return both(one(beginning, query.sort().key()), one(going, query.sort().key()));
  }

  /// Nearest first: events of one place as the index has them, and those that are touring, which
  /// are few, by the place of their date.
  private String nearest(List<String> common) {
    List<String> standing = new ArrayList<>(common);
    standing.add("not e.is_touring");
    List<String> touring = new ArrayList<>(common);
    touring.add("e.is_touring");
    return both(one(standing, query.sort().key()), one(touring, DISTANCE));
  }

  private String both(String some, String others) {
    CatalogueSort sort = query.sort();
    return "select * from (\n(%s)\nunion all\n(%s)) b\norder by b.sort_key%s, b.event_id%s\nlimit %d"
        .formatted(some, others, sort.direction(), sort.direction(), limit);
  }

  private String one(List<String> conditions, String key) {
    CatalogueSort sort = query.sort();
    List<String> all = new ArrayList<>(conditions);
    if (after != null) {
      parameters.put(
          "after", after.key() instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : after.key());
      parameters.put("afterEvent", after.event());
      all.add(
          sort == CatalogueSort.NEWEST
              ? "e.event_id < :afterEvent"
              : "(%s, %s) %s (cast(:after as %s), :afterEvent)"
                  .formatted(key, sort.id(), sort.beyond(), sort.type()));
    }
    return """
    select d.event_id, d.original_start, %s as sort_key
    from catalogue_entries e
    join catalogue_dates d on d.event_id = e.event_id
    where %s
    order by %s%s, %s%s
    limit %d
    """
        .formatted(
            key,
            String.join("\n  and ", all),
            key,
            sort.direction(),
            sort.id(),
            sort.direction(),
            limit);
  }

  private void addFilters(List<String> conditions) {
    for (String word : query.words()) {
      String name = "word" + parameters.size();
      bind(name, word);
      conditions.add("e.search_text like pattern_of(:" + name + ")");
    }
    if (query.city() != null) {
      bind("city", query.city());
      conditions.add(
          "e.city_keys @> array[folded(:city)]"
              + " and (cardinality(e.city_keys) = 1 or folded(d.city) = folded(:city))");
    }
    add(conditions, "category", query.category(), "e.category_key = folded(:category)");
    add(conditions, "type", query.type(), "e.type = :type");
    add(conditions, "organization", query.organization(), "e.organization_id = :organization");
    add(conditions, "priceMin", query.priceMin(), "e.price_min >= :priceMin");
    add(conditions, "priceMax", query.priceMax(), "e.price_min <= :priceMax");
    add(conditions, "currency", query.currency(), "(e.currency = :currency or e.price_max = 0)");
    add(conditions, "to", query.to(), "d.starts_at < :to");
    if (query.near() != null) {
      near(conditions, query.near());
    }
  }

  /// Distances are compared as chords of the unit sphere, which grow with them.
  private void near(List<String> conditions, GeoPoint point) {
    double chord = chord(query.radiusMetres());
    bind("latitude", point.latitude());
    bind("longitude", point.longitude());
    bind("chord", chord);
    // A little more, for the box is to hold whatever the exact condition lets through.
    bind("box", chord * (1 + 1e-9) + 1e-9);
    conditions.add("e.places && cube_enlarge(on_sphere(:latitude, :longitude), :box, 3)");
    conditions.add(DISTANCE + " <= :chord");
  }

  static double chord(double metres) {
    return 2 * Math.sin(Math.min(metres / EARTH_RADIUS_METRES, Math.PI) / 2);
  }

  static double metres(double chord) {
    return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, chord / 2));
  }

  private void add(List<String> conditions, String name, @Nullable Object value, String condition) {
    if (value != null) {
      bind(name, value);
      conditions.add(condition);
    }
  }

  private void bind(String name, Object value) {
    parameters.put(name, value instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : value);
  }
}
