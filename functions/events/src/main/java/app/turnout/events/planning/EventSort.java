package app.turnout.events.planning;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/// The orders of a member's list of events. Where the keys of two are the same, their ids decide.
enum EventSort {
  /// Ids begin with the time that they were made at.
  OLDEST("oldest", "e.id", "uuid", UUID.class, false),
  NEWEST("newest", "e.id", "uuid", UUID.class, true),
  /// Of the date that is meant now.
  START("start", "o.starts_at", "timestamptz", Instant.class, false),
  LATEST_START("-start", "o.starts_at", "timestamptz", Instant.class, true),
  TITLE("title", "lower(e.title)", "text", String.class, false),
  /// The lowest price, whatever the currency.
  PRICE("price", "sold.price_min", "bigint", Long.class, false),
  /// In millimetres, from a position; needs one.
  DISTANCE(
      "distance",
      "cast(1000 * metres_between(d.latitude, d.longitude, :latitude, :longitude) as bigint)",
      "bigint",
      Long.class,
      false);

  /// For the patterns of parameters.
  static final String PATTERN = "oldest|newest|-?start|title|price|distance";

  private final String wire;
  private final String key;
  private final String sqlType;
  private final Class<?> type;
  private final boolean descending;

  EventSort(String wire, String key, String sqlType, Class<?> type, boolean descending) {
    this.wire = wire;
    this.key = key;
    this.sqlType = sqlType;
    this.type = type;
    this.descending = descending;
  }

  static Optional<EventSort> find(String wire) {
    return Arrays.stream(values()).filter(sort -> sort.wire.equals(wire)).findFirst();
  }

  String wire() {
    return wire;
  }

  boolean isById() {
    return type.equals(UUID.class);
  }

  /// What is sorted by, in SQL.
  String key() {
    return key;
  }

  /// As a cursor has the key.
  Class<?> type() {
    return type;
  }

  /// What comes after `:afterKey` and `:afterId`, in SQL.
  String afterwards() {
    String beyond = descending ? "<" : ">";
    return isById()
        ? "e.id " + beyond + " :afterId"
        : "(%s, e.id) %s (cast(:afterKey as %s), :afterId)".formatted(key, beyond, sqlType);
  }

  /// The order, in SQL, by the names of a page's columns.
  ///
  /// @param table that has `sort_key` and `id`
  String order(String table) {
    String direction = descending ? " desc" : "";
    return "order by " + table + ".sort_key" + direction + ", " + table + ".id" + direction;
  }

  /// The order of what the page is taken of, in SQL.
  String order() {
    String direction = descending ? " desc" : "";
    return isById()
        ? "order by e.id" + direction
        : "order by " + key + direction + ", e.id" + direction;
  }
}
