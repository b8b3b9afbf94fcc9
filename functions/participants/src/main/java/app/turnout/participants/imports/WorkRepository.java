package app.turnout.participants.imports;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.participants.csv.CsvFile;
import app.turnout.participants.csv.Encoding;
import app.turnout.participants.intake.Columns;
import app.turnout.participants.intake.Counts;
import app.turnout.participants.intake.Field;
import app.turnout.participants.intake.SortedLine;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.problem.FieldError;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Imports that are worked off, with the rights of jobs: every statement names what it is about.
@Singleton
final class WorkRepository {
  private final Database database;
  private final JsonMapper json;

  WorkRepository(Database database, JsonMapper json) {
    this.database = database;
    this.json = json;
  }

  /// An import with work to do, which nobody else does until the transaction ends.
  Optional<StartedImport> lock(OrganizationId organization, UUID id) {
    return database
        .handle()
        .createQuery(
            """
            select id, organization_id, event_id, occurrence_id, encoding, separator, headers, places,
                   locale, on_duplicate, next_offset, next_line, rows_read, rows_added, rows_updated,
                   rows_skipped, rows_invalid, rows_over_limit, errors_kept
            from participant_imports
            where id = :id
              and organization_id = :organization
              and status in ('waiting', 'working')
            for update
            """)
        .bind("id", id)
        .bind("organization", organization.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  private StartedImport read(ResultSet row) throws SQLException {
    return new StartedImport(
        row.getObject("id", UUID.class),
        new OrganizationId(row.getObject("organization_id", UUID.class)),
        new EventId(row.getObject("event_id", UUID.class)),
        new OccurrenceId(row.getObject("occurrence_id", UUID.class)),
        Encoding.ofWire(row.getString("encoding")),
        row.getString("separator").charAt(0),
        new Columns(
            List.of((String[]) row.getArray("headers").getArray()),
            places(row.getString("places"))),
        row.getString("locale"),
        row.getString("on_duplicate").equals("update"),
        new CsvFile.Place(row.getLong("next_offset"), row.getLong("next_line")),
        new Counts(
            row.getLong("rows_read"),
            row.getLong("rows_added"),
            row.getLong("rows_updated"),
            row.getLong("rows_skipped"),
            row.getLong("rows_invalid"),
            row.getLong("rows_over_limit")),
        row.getInt("errors_kept"));
  }

  private Map<Field, Integer> places(String text) {
    try {
      Map<Field, Integer> places = new EnumMap<>(Field.class);
      Objects.requireNonNull(json.readValue(text, Argument.mapOf(String.class, Integer.class)))
          .forEach((field, place) -> places.put(Field.ofWire(field), place));
      return places;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The country of an organization; null when nobody said.
  @Nullable String country(OrganizationId organization) {
    return database
        .handle()
        .createQuery("select country from organizations where id = :id")
        .bind("id", organization.value())
        .mapTo(String.class)
        .findOne()
        .orElse(null);
  }

  /// A file's parts, each to be loaded within a transaction.
  CsvFile.Parts parts(UUID id) {
    List<Integer> sizes =
        database
            .handle()
            .createQuery(
                """
                select size
                from participant_import_parts
                where import_id = :id
                order by number
                """)
            .bind("id", id)
            .mapTo(Integer.class)
            .list();
    return new CsvFile.Parts(sizes, index -> content(id, index + 1));
  }

  private byte[] content(UUID id, int number) {
    return database
        .handle()
        .createQuery(
            """
            select content
            from participant_import_parts
            where import_id = :id
              and number = :number
            """)
        .bind("id", id)
        .bind("number", number)
        .mapTo(byte[].class)
        .one();
  }

  /// Keeps what is wrong with lines, as long as there is room for more.
  void keepErrors(StartedImport started, List<SortedLine> sorted) {
    List<Long> lines = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    List<FieldError> errors = new ArrayList<>();
    int room = StartedImport.MOST_ERRORS - started.errorsKept();
    for (SortedLine line : sorted) {
      for (int i = 0; i < line.errors().size() && errors.size() < room; i++) {
        lines.add(line.line().number());
        positions.add(i);
        errors.add(line.errors().get(i));
      }
    }
    if (errors.isEmpty()) {
      return;
    }
    database
        .handle()
        .createUpdate(
            """
            insert into participant_import_errors (
              import_id, line, position, organization_id, header, field, rule, message)
            select :id, e.line, e.position, :organization, nullif(e.header, ''), e.field, e.rule,
                   e.message
            from unnest(:lines, :positions, :headers, :fields, :rules, :messages)
              as e (line, position, header, field, rule, message)
            """)
        .bind("id", started.id())
        .bind("organization", started.organization().value())
        .bindArray("lines", Long.class, lines)
        .bindArray("positions", Integer.class, positions)
        .bindArray(
            "headers",
            String.class,
            errors.stream()
                .map(error -> started.columns().header(error.field()))
                .map(header -> Objects.requireNonNullElse(header, ""))
                .toList())
        .bindArray("fields", String.class, errors.stream().map(FieldError::field).toList())
        .bindArray("rules", String.class, errors.stream().map(FieldError::rule).toList())
        .bindArray("messages", String.class, errors.stream().map(FieldError::message).toList())
        .execute();
  }

  /// Keeps how far the work came.
  void moveOn(StartedImport done, Instant now) {
    update(done, "working", null, now);
  }

  /// Ends the work, and forgets the file.
  ///
  /// @param failure why it came to an end before the file did; null when it did not
  void finish(StartedImport done, @Nullable String failure, Instant now) {
    update(done, failure == null ? "completed" : "failed", failure, now);
    database
        .handle()
        .createUpdate("delete from participant_import_parts where import_id = :id")
        .bind("id", done.id())
        .execute();
  }

  private void update(StartedImport done, String status, @Nullable String failure, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update participant_imports
            set status = :status,
                failure = cast(:failure as text),
                next_offset = :offset,
                next_line = :line,
                rows_read = :rows,
                rows_added = :added,
                rows_updated = :updated,
                rows_skipped = :skipped,
                rows_invalid = :invalid,
                rows_over_limit = :overLimit,
                errors_kept = :errors,
                updated_at = :now,
                finished_at = case when :status = 'working' then null else cast(:now as timestamptz) end
            where id = :id
            """)
        .bind("status", status)
        .bind("failure", failure)
        .bind("offset", done.place().offset())
        .bind("line", done.place().line())
        .bind("rows", done.counts().rows())
        .bind("added", done.counts().added())
        .bind("updated", done.counts().updated())
        .bind("skipped", done.counts().skipped())
        .bind("invalid", done.counts().invalid())
        .bind("overLimit", done.counts().planLimitReached())
        .bind("errors", done.errorsKept())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("id", done.id())
        .execute();
  }
}
