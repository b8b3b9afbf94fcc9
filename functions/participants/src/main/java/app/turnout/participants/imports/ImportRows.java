package app.turnout.participants.imports;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.participants.csv.CsvFile;
import app.turnout.participants.intake.Expected;
import app.turnout.participants.intake.GivenLine;
import app.turnout.participants.intake.SortedLine;
import app.turnout.platform.attendance.Attendance;
import app.turnout.platform.attendance.ExpectedParticipant;
import app.turnout.platform.attendance.GivenOfParticipant;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.json.JsonReader;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Stores the rows of a file, a thousand a transaction.
@Singleton
final class ImportRows {
  /// Rows a transaction.
  private static final int ROWS = 1_000;

  /// Rows of a file.
  private static final long MOST_ROWS = 500_000;

  private final Database database;
  private final WorkRepository imports;
  private final Attendance attendance;
  private final AuditLog auditLog;
  private final JsonReader json;
  private final Ids ids;
  private final InstantSource time;

  ImportRows(
      Database database,
      WorkRepository imports,
      Attendance attendance,
      AuditLog auditLog,
      JsonReader json,
      Ids ids,
      InstantSource time) {
    this.database = database;
    this.imports = imports;
    this.attendance = attendance;
    this.auditLog = auditLog;
    this.json = json;
    this.ids = ids;
    this.time = time;
  }

  Work begin(OrganizationId organization, UUID id) {
    return new Work(organization, id);
  }

  /// Work on one file.
  final class Work {
    private final OrganizationId organization;
    private final UUID id;
    private @Nullable CsvFile file;

    private Work(OrganizationId organization, UUID id) {
      this.organization = organization;
      this.id = id;
    }

    /// Stores the next rows; answers whether there are more.
    boolean next() {
      return database.inTransaction(this::storeNext);
    }

    private boolean storeNext() {
      Optional<StartedImport> found = imports.lock(organization, id);
      if (found.isEmpty()) {
        // Done, given up, or erased.
        return false;
      }
      StartedImport started = found.get();
      CsvFile opened = open(started);
      GivenLine.Reader reader =
          new GivenLine.Reader(
              started.columns(), json, imports.country(organization), started.locale());
      List<GivenLine> lines = new ArrayList<>(ROWS);
      boolean isMore = true;
      while (isMore && lines.size() < ROWS) {
        Optional<CsvFile.Line> line = opened.next();
        isMore = line.isPresent();
        line.filter(each -> !(each instanceof CsvFile.Line.Row row && row.isBlank()))
            .ifPresent(each -> lines.add(reader.read(each)));
      }
      Instant now = time.instant();
      List<SortedLine> sorted = store(started, lines, now);
      StartedImport done = started.and(sorted, opened.place());
      imports.keepErrors(started, sorted);
      if (isMore && done.counts().rows() < MOST_ROWS) {
        imports.moveOn(done, now);
        return true;
      }
      boolean isTooLong = isMore && opened.next().isPresent();
      finish(done, isTooLong ? "too_many_rows" : null, now);
      return false;
    }

    /// Where it was left, by this or by another.
    private CsvFile open(StartedImport started) {
      CsvFile present = file;
      if (present == null || !present.place().equals(started.place())) {
        present =
            new CsvFile(
                imports.parts(id), started.encoding(), started.separator(), started.place());
        file = present;
      }
      return present;
    }
  }

  private List<SortedLine> store(StartedImport started, List<GivenLine> lines, Instant now) {
    // From here on nobody else adds any: who is expected stays all who are.
    int left = attendance.placesLeft(started.organization(), started.occurrence());
    Expected expected =
        Expected.among(
            database,
            started.occurrence(),
            lines.stream().map(GivenLine::details).filter(Objects::nonNull).toList());
    SortedLine.Sorter sorter =
        new SortedLine.Sorter(expected, left, started.updates(), ids.next(lines.size()).iterator());
    List<SortedLine> sorted = lines.stream().map(sorter::sort).toList();
    List<ExpectedParticipant> added = new ArrayList<>();
    Map<UUID, GivenOfParticipant> changed = new LinkedHashMap<>();
    for (SortedLine line : sorted) {
      switch (line.outcome()) {
        case ADDED ->
            added.add(
                new ExpectedParticipant(
                    new ParticipantId(Objects.requireNonNull(line.participant())),
                    started.organization(),
                    started.event(),
                    started.occurrence(),
                    line.details(),
                    now));
        case UPDATED ->
            changed.merge(
                Objects.requireNonNull(line.participant()),
                line.changes(),
                GivenOfParticipant::and);
        case SKIPPED, INVALID, PLAN_LIMIT_REACHED -> {}
      }
    }
    attendance.expectAllowed(added);
    attendance.complete(started.organization(), List.copyOf(changed.values()), now);
    return sorted;
  }

  private void finish(StartedImport done, @Nullable String failure, Instant now) {
    imports.finish(done, failure, now);
    auditLog.recordAsSystem(
        new AuditEntry(
            done.organization(),
            failure == null ? "participants.imported" : "participants.import_failed",
            "participant_import",
            done.id(),
            null,
            Map.of(
                "occurrence_id", done.occurrence().toString(),
                "rows", done.counts().rows(),
                "added", done.counts().added(),
                "updated", done.counts().updated(),
                "skipped", done.counts().skipped(),
                "invalid", done.counts().invalid(),
                "plan_limit_reached", done.counts().planLimitReached())));
  }
}
