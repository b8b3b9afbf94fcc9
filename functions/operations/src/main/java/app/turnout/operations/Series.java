package app.turnout.operations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A metric of `/metrics`, without the `turnout_` before its name.
///
/// @param label what tells its samples apart; null when there is one
record Series(String name, String help, @Nullable String label) {
  /// All that there are, in the order in which they are told.
  static final List<Series> ALL =
      List.of(
          by("kind", "outbox_open_messages", "Messages that have not left"),
          by("kind", "outbox_due_messages", "Those whose next attempt is due"),
          of("outbox_oldest_due_age_seconds", "For how long the longest waiting of them is due"),
          by(
              "kind",
              "outbox_open_attempts",
              "How often those that have not left were tried in vain"),
          by("kind", "outbox_dead_messages", "Messages that were given up"),
          by("kind", "outbox_sent_messages", "Messages that left within the last five minutes"),
          by(
              "kind",
              "outbox_slowest_delivery_seconds",
              "The longest time that one of those was under way since it was written"),
          by("queue", "queue_messages", "Messages that wait in a queue"),
          by("queue", "queue_in_flight_messages", "Messages that a consumer has"),
          by("queue", "queue_dead_messages", "Messages in the queue's dead-letter queue"),
          of("pings_without_partition", "Pings that found no partition of their day"),
          of(
              "latest_ping_age_seconds",
              "How long ago the last ping came that was stored; only when it was within an hour"),
          of(
              "participants_located",
              "Participants whose last ping came within the last five minutes"),
          of("dates_active", "Dates that take place now"),
          by("status", "participants_of_active_dates", "Who is expected at those"),
          of("erasures_unfinished", "Erasures that have begun and not ended"),
          of("database_connections", "Connections to the database"),
          of("database_connections_allowed", "How many there may be"),
          of("database_bytes", "Size of the database"),
          of("database_transactions_total", "Transactions since its statistics began"),
          of("database_deadlocks_total", "Deadlocks since its statistics began"),
          by("table", "table_bytes", "Size of a table with its indexes"),
          by("table", "table_rows", "Rows of a table, as PostgreSQL guesses"),
          by("table", "table_dead_rows", "Rows of a table that vacuum has not taken away yet"),
          of("product_time_seconds", "What time it is for the product, since 1970"),
          by("part", "scrape_duration_seconds", "How long it took to read a part"),
          by("part", "scrape_failed", "Whether a part could not be read"));

  private static Series of(String name, String help) {
    return new Series(name, help, null);
  }

  private static Series by(String label, String name, String help) {
    return new Series(name, help, label);
  }

  /// In Prometheus' words; what only grows is called so.
  String type() {
    return name.endsWith("_total") ? "counter" : "gauge";
  }
}
