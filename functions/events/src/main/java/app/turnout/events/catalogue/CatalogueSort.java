package app.turnout.events.catalogue;

import java.util.Arrays;
import java.util.Optional;

/// The orders of a list of events. Where the keys of two are the same, their ids decide.
enum CatalogueSort {
  START("start", "d.starts_at", "d.event_id", "timestamptz", false),
  LATEST_START("-start", "d.starts_at", "d.event_id", "timestamptz", true),
  TITLE("title", "e.title_key", "e.event_id", "text", false),
  /// The lowest price, whatever the currency.
  PRICE("price", "e.price_min", "e.event_id", "bigint", false),
  /// Needs a position.
  DISTANCE(
      "distance",
      "e.places <-> on_sphere(:latitude, :longitude)",
      "e.event_id",
      "double precision",
      false),
  /// Ids begin with the time that they were made at.
  NEWEST("newest", "e.event_id", "e.event_id", "uuid", true);

  /// For the patterns of parameters.
  static final String PATTERN = "-?start|title|price|distance|newest";

  private final String wire;
  private final String key;
  private final String id;
  private final String type;
  private final boolean descending;

  CatalogueSort(String wire, String key, String id, String type, boolean descending) {
    this.wire = wire;
    this.key = key;
    this.id = id;
    this.type = type;
    this.descending = descending;
  }

  static Optional<CatalogueSort> find(String wire) {
    return Arrays.stream(values()).filter(sort -> sort.wire.equals(wire)).findFirst();
  }

  String wire() {
    return wire;
  }

  /// What is sorted by, in SQL.
  String key() {
    return key;
  }

  /// The event's id, in the table whose index has the key too.
  String id() {
    return id;
  }

  /// The key's type in SQL.
  String type() {
    return type;
  }

  boolean isByStart() {
    return this == START || this == LATEST_START;
  }

  String direction() {
    return descending ? " desc" : "";
  }

  /// What stands between what comes after and what is there.
  String beyond() {
    return descending ? "<" : ">";
  }
}
