package app.turnout.participants.guestlist.imports;

import app.turnout.domain.OrganizationId;
import app.turnout.participants.csv.CsvFile;
import app.turnout.participants.guestlist.ParticipantRepository;
import app.turnout.participants.intake.Columns;
import app.turnout.participants.intake.Counts;
import app.turnout.participants.intake.Expected;
import app.turnout.participants.intake.FileHead;
import app.turnout.participants.intake.GivenLine;
import app.turnout.participants.intake.SortedLine;
import app.turnout.platform.attendance.Attendance;
import app.turnout.platform.attendance.ParticipantDetails;
import app.turnout.platform.json.JsonReader;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks at a file's first rows as the import will, and stores nothing.
@Singleton
final class PreviewImport {
  private static final int LINES = 1_000;
  private static final int SHOWN = 20;
  private static final int ERRORS = 100;

  private final Database database;
  private final Attendance attendance;
  private final ParticipantRepository participants;
  private final JsonReader json;
  private final Ids ids;

  PreviewImport(
      Database database,
      Attendance attendance,
      ParticipantRepository participants,
      JsonReader json,
      Ids ids) {
    this.database = database;
    this.attendance = attendance;
    this.participants = participants;
    this.json = json;
    this.ids = ids;
  }

  ImportPreviewResponse preview(
      OrganizationId organization, Import found, ImportRepository.File file) {
    FileHead head = FileHead.read(file.parts(), file.canBeUtf8(), found.told());
    List<SortedLine> sorted =
        head.problems().isEmpty() ? sort(organization, found, file, head) : List.of();
    Columns columns = head.columns();
    List<ImportPreviewResponse.ColumnResponse> shown = new ArrayList<>();
    for (int i = 0; i < columns.headers().size(); i++) {
      shown.add(
          new ImportPreviewResponse.ColumnResponse(columns.headers().get(i), columns.field(i)));
    }
    return new ImportPreviewResponse(
        head.encoding(),
        String.valueOf(head.separator()),
        shown,
        head.problems(),
        ImportResponse.CountsResponse.of(Counts.NONE.and(sorted)),
        sorted.stream().limit(SHOWN).map(PreviewImport::row).toList(),
        sorted.stream()
            .flatMap(
                line ->
                    line.errors().stream()
                        .map(
                            error ->
                                new ImportErrorResponse(
                                    line.line().number(),
                                    columns.header(error.field()),
                                    error.field(),
                                    error.rule(),
                                    error.message())))
            .limit(ERRORS)
            .toList());
  }

  private List<SortedLine> sort(
      OrganizationId organization, Import found, ImportRepository.File file, FileHead head) {
    CsvFile rows = new CsvFile(file.parts(), head.encoding(), head.separator(), head.rowsFrom());
    GivenLine.Reader reader =
        new GivenLine.Reader(
            head.columns(), json, participants.country(organization), found.locale());
    List<GivenLine> lines = new ArrayList<>();
    for (Optional<CsvFile.Line> line = rows.next();
        line.isPresent() && lines.size() < LINES;
        line = rows.next()) {
      if (!(line.get() instanceof CsvFile.Line.Row row && row.isBlank())) {
        lines.add(reader.read(line.get()));
      }
    }
    Expected expected =
        Expected.among(
            database,
            found.occurrence(),
            lines.stream().map(GivenLine::details).filter(Objects::nonNull).toList());
    SortedLine.Sorter sorter =
        new SortedLine.Sorter(
            expected,
            attendance.placesLeft(organization, found.occurrence()),
            found.onDuplicate() == OnDuplicate.UPDATE,
            ids.next(lines.size()).iterator());
    return lines.stream().map(sorter::sort).toList();
  }

  private static ImportPreviewResponse.RowResponse row(SortedLine line) {
    return new ImportPreviewResponse.RowResponse(
        line.line().number(),
        line.outcome(),
        line.outcome() == SortedLine.Outcome.ADDED ? null : line.participant(),
        details(line.line().details()));
  }

  private static ImportPreviewResponse.@Nullable DetailsResponse details(
      @Nullable ParticipantDetails details) {
    return details == null
        ? null
        : new ImportPreviewResponse.DetailsResponse(
            details.name(),
            details.phone(),
            details.email(),
            details.locale(),
            details.note(),
            details.tags());
  }
}
