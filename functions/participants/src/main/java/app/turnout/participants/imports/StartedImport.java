package app.turnout.participants.imports;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.participants.csv.CsvFile;
import app.turnout.participants.csv.Encoding;
import app.turnout.participants.intake.Columns;
import app.turnout.participants.intake.Counts;
import app.turnout.participants.intake.SortedLine;
import java.util.List;
import java.util.UUID;

/// An import that is worked on.
///
/// @param updates whether whoever is expected already becomes as their line says
/// @param place where the work goes on
/// @param errorsKept of the lines before it
record StartedImport(
    UUID id,
    OrganizationId organization,
    EventId event,
    OccurrenceId occurrence,
    Encoding encoding,
    char separator,
    Columns columns,
    String locale,
    boolean updates,
    CsvFile.Place place,
    Counts counts,
    int errorsKept) {
  /// How many errors are kept of a file; those after them are only counted.
  static final int MOST_ERRORS = 10_000;

  /// When these lines are done too.
  StartedImport and(List<SortedLine> lines, CsvFile.Place next) {
    long errors = lines.stream().mapToLong(line -> line.errors().size()).sum();
    return new StartedImport(
        id,
        organization,
        event,
        occurrence,
        encoding,
        separator,
        columns,
        locale,
        updates,
        next,
        counts.and(lines),
        (int) Math.min(MOST_ERRORS, errorsKept + errors));
  }
}
