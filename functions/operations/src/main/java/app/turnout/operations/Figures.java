package app.turnout.operations;

import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the database tells of the product's state, in counts and ages of nobody in particular.
@Singleton
final class Figures {
  private final Database database;

  Figures(Database database) {
    this.database = database;
  }

  /// One of them.
  ///
  /// @param kind of what; null when it is of all
  record Figure(String name, @Nullable String kind, double value) {}

  List<Figure> read(Instant now) {
    return database.inTransaction(
        () ->
            database
                .handle()
                .createQuery(
                    """
                    select name, kind, figure
                    from operations_figures(:now)
                    """)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .map(
                    (row, context) ->
                        new Figure(
                            row.getString("name"), row.getString("kind"), row.getDouble("figure")))
                .list());
  }
}
