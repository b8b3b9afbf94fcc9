package app.turnout.maintenance;

import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// The ping table's days, by functions that its owner wrote in SQL: the same for native partitions
/// and for a hypertable. Days are UTC's. Each call is a transaction.
@Singleton
public final class PingPartitions {
  private static final int DAYS_BEHIND = 2;
  private static final int DAYS_AHEAD = 7;

  private final Database database;

  PingPartitions(Database database) {
    this.database = database;
  }

  /// Makes the days around today that are missing, and those of pings that found none; answers how
  /// many.
  public int makeAround(LocalDate today) {
    return database.inTransaction(
        () ->
            database
                .handle()
                .createQuery("select make_ping_partitions(:from, :to)")
                .bind("from", today.minusDays(DAYS_BEHIND))
                .bind("to", today.plusDays(DAYS_AHEAD))
                .mapTo(Integer.class)
                .one());
  }

  /// Drops the days before this one, keeping their hourly summaries; answers how many.
  public int drop(LocalDate before) {
    return byDay("select drop_ping_partitions(:before)", before);
  }

  /// Compresses the days before this one, where there is such a thing; answers how many.
  public int compress(LocalDate before) {
    return byDay("select compress_pings(:before)", before);
  }

  /// Sums up the hours from one to another, anew if they were; answers how many there were.
  public long summarize(Instant from, Instant to) {
    return database.inTransaction(
        () ->
            database
                .handle()
                .createQuery("select summarize_pings(:from, :to)")
                .bind("from", from.atOffset(ZoneOffset.UTC))
                .bind("to", to.atOffset(ZoneOffset.UTC))
                .mapTo(Long.class)
                .one());
  }

  /// How many pings found no partition of their day.
  public long countWithout() {
    return database.inTransaction(
        () ->
            database
                .handle()
                .createQuery("select count_pings_without_partition()")
                .mapTo(Long.class)
                .one());
  }

  private int byDay(String query, LocalDate before) {
    return database.inTransaction(
        () ->
            database.handle().createQuery(query).bind("before", before).mapTo(Integer.class).one());
  }
}
