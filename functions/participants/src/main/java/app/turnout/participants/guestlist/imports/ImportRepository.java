package app.turnout.participants.guestlist.imports;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.participants.csv.CsvFile;
import app.turnout.participants.csv.Encoding;
import app.turnout.participants.intake.Counts;
import app.turnout.participants.intake.Field;
import app.turnout.participants.intake.FileHead;
import app.turnout.platform.persistence.Database;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Imports of the tenant that the transaction has entered, with their files.
@Singleton
final class ImportRepository {
  private static final String IMPORT =
      """
      select i.id, i.event_id, i.occurrence_id, i.status, i.told_encoding, i.told_separator,
             i.told_columns, i.locale, i.on_duplicate, i.next_offset, i.rows_read, i.rows_added,
             i.rows_updated, i.rows_skipped, i.rows_invalid, i.rows_over_limit, i.failure,
             i.created_at, i.started_at, i.finished_at, p.parts, p.size
      from participant_imports i
      cross join lateral (
        select count(*) as parts, coalesce(sum(size), 0) as size
        from participant_import_parts
        where import_id = i.id) p
      """;

  private final Database database;
  private final JsonMapper json;

  ImportRepository(Database database, JsonMapper json) {
    this.database = database;
    this.json = json;
  }

  void create(OrganizationId organization, Import made) {
    Encoding encoding = made.told().encoding();
    Character separator = made.told().separator();
    database
        .handle()
        .createUpdate(
            """
            insert into participant_imports (
              id, organization_id, event_id, occurrence_id, status, told_encoding, told_separator,
              told_columns, locale, on_duplicate, created_at, updated_at)
            values (
              :id, :organization, :event, :occurrence, 'uploading', cast(:encoding as text),
              cast(:separator as text), cast(:columns as jsonb), :locale, :onDuplicate, :now, :now)
            """)
        .bind("id", made.id())
        .bind("organization", organization.value())
        .bind("event", made.event().value())
        .bind("occurrence", made.occurrence().value())
        .bind("encoding", encoding == null ? null : encoding.wire())
        .bind("separator", separator == null ? null : separator.toString())
        .bind("columns", write(wire(made.told().mapping())))
        .bind("locale", made.locale())
        .bind("onDuplicate", made.onDuplicate().name().toLowerCase(Locale.ROOT))
        .bind("now", made.createdAt().atOffset(ZoneOffset.UTC))
        .execute();
  }

  /// How many are not worked off.
  int countOpen() {
    return database
        .handle()
        .createQuery(
            """
            select count(*)
            from participant_imports
            where status in ('uploading', 'waiting', 'working')
            """)
        .mapTo(Integer.class)
        .one();
  }

  Optional<Import> find(EventId event, UUID id) {
    return database
        .handle()
        .createQuery(IMPORT + "where i.id = :id and i.event_id = :event")
        .bind("id", id)
        .bind("event", event.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /// As above, and nobody else changes it until the transaction ends.
  Optional<Import> lock(EventId event, UUID id) {
    database
        .handle()
        .createQuery("select id from participant_imports where id = :id for update")
        .bind("id", id)
        .mapTo(UUID.class)
        .list();
    return find(event, id);
  }

  /// The newest first.
  ///
  /// @param before the last one of the page before; null for the first page
  List<Import> list(EventId event, @Nullable UUID before, int limit) {
    return database
        .handle()
        .createQuery(
            IMPORT
                + """
                where i.event_id = :event
                  and (cast(:before as uuid) is null or i.id < cast(:before as uuid))
                order by i.id desc
                limit :limit
                """)
        .bind("event", event.value())
        .bind("before", before)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  void keepPart(
      OrganizationId organization,
      UUID id,
      int number,
      byte[] content,
      boolean canBeUtf8,
      Instant now) {
    database
        .handle()
        .createUpdate(
            """
            with part as (
              insert into participant_import_parts (
                import_id, number, organization_id, content, size, can_be_utf8)
              values (:id, :number, :organization, :content, :size, :canBeUtf8)
              on conflict (import_id, number) do update
                set content = excluded.content,
                    size = excluded.size,
                    can_be_utf8 = excluded.can_be_utf8)
            update participant_imports
            set updated_at = :now
            where id = :id
            """)
        .bind("id", id)
        .bind("number", number)
        .bind("organization", organization.value())
        .bind("content", content)
        .bind("size", content.length)
        .bind("canBeUtf8", canBeUtf8)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  /// A file as far as it is there without a gap.
  ///
  /// @param missing the number of the first part that is not there
  /// @param isWhole whether none is there behind that one
  /// @param canBeUtf8 whether all of it can
  record File(CsvFile.Parts parts, int missing, boolean isWhole, boolean canBeUtf8) {}

  private record Part(int number, int size, boolean canBeUtf8) {}

  /// An import's file, to be read in this transaction.
  File file(UUID id) {
    List<Part> parts =
        database
            .handle()
            .createQuery(
                """
                select number, size, can_be_utf8
                from participant_import_parts
                where import_id = :id
                order by number
                """)
            .bind("id", id)
            .map(
                (row, context) ->
                    new Part(
                        row.getInt("number"), row.getInt("size"), row.getBoolean("can_be_utf8")))
            .list();
    int there = 0;
    while (there < parts.size() && parts.get(there).number() == there + 1) {
      there++;
    }
    IntFunction<byte[]> load = index -> content(id, index + 1);
    return new File(
        new CsvFile.Parts(parts.subList(0, there).stream().map(Part::size).toList(), load),
        there + 1,
        there == parts.size(),
        parts.stream().allMatch(Part::canBeUtf8));
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

  /// Keeps how the file is to be read, for who works it off.
  void start(UUID id, FileHead head, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update participant_imports
            set status = 'waiting',
                encoding = :encoding,
                separator = :separator,
                headers = :headers,
                places = cast(:places as jsonb),
                next_offset = :offset,
                next_line = :line,
                started_at = :now,
                updated_at = :now
            where id = :id
            """)
        .bind("encoding", head.encoding().wire())
        .bind("separator", String.valueOf(head.separator()))
        .bindArray("headers", String.class, head.columns().headers())
        .bind("places", write(wire(head.columns().places())))
        .bind("offset", head.rowsFrom().offset())
        .bind("line", head.rowsFrom().line())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("id", id)
        .execute();
  }

  /// Forgets an import, with its file.
  void delete(UUID id) {
    database
        .handle()
        .createUpdate("delete from participant_imports where id = :id")
        .bind("id", id)
        .execute();
  }

  /// An error with its place among those of its line.
  record KeptError(long position, ImportErrorResponse error) {}

  /// In the order of the lines.
  ///
  /// @param line of the last one of the page before; 0 for the first page
  List<KeptError> errors(UUID id, long line, long position, int limit) {
    return database
        .handle()
        .createQuery(
            """
            select line, position, header, field, rule, message
            from participant_import_errors
            where import_id = :id
              and (line, position) > (:line, :position)
            order by line, position
            limit :limit
            """)
        .bind("id", id)
        .bind("line", line)
        .bind("position", position)
        .bind("limit", limit)
        .map(
            (row, context) ->
                new KeptError(
                    row.getLong("position"),
                    new ImportErrorResponse(
                        row.getLong("line"),
                        row.getString("header"),
                        row.getString("field"),
                        row.getString("rule"),
                        row.getString("message"))))
        .list();
  }

  private Import read(ResultSet row) throws SQLException {
    String encoding = row.getString("told_encoding");
    String separator = row.getString("told_separator");
    return new Import(
        row.getObject("id", UUID.class),
        new EventId(row.getObject("event_id", UUID.class)),
        new OccurrenceId(row.getObject("occurrence_id", UUID.class)),
        ImportStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        new FileHead.Told(
            encoding == null ? null : Encoding.ofWire(encoding),
            separator == null ? null : separator.charAt(0),
            mapping(row.getString("told_columns"))),
        row.getString("locale"),
        OnDuplicate.valueOf(row.getString("on_duplicate").toUpperCase(Locale.ROOT)),
        row.getInt("parts"),
        row.getLong("size"),
        row.getLong("next_offset"),
        new Counts(
            row.getLong("rows_read"),
            row.getLong("rows_added"),
            row.getLong("rows_updated"),
            row.getLong("rows_skipped"),
            row.getLong("rows_invalid"),
            row.getLong("rows_over_limit")),
        row.getString("failure"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row.getObject("started_at", OffsetDateTime.class)),
        instant(row.getObject("finished_at", OffsetDateTime.class)));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private Map<Field, String> mapping(String text) {
    try {
      Map<Field, String> mapping = new EnumMap<>(Field.class);
      Objects.requireNonNull(json.readValue(text, Argument.mapOf(String.class, String.class)))
          .forEach((field, header) -> mapping.put(Field.ofWire(field), header));
      return mapping;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> Map<String, T> wire(Map<Field, T> byField) {
    Map<String, T> wire = new TreeMap<>();
    byField.forEach((field, value) -> wire.put(field.wire(), value));
    return wire;
  }

  private String write(Map<String, ?> values) {
    try {
      return json.writeValueAsString(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
