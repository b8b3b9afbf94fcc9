package app.turnout.participants.guestlist.imports;

import app.turnout.participants.csv.Encoding;
import app.turnout.participants.intake.Field;
import app.turnout.participants.intake.SortedLine;
import app.turnout.platform.problem.FieldError;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What would come of a file's first rows; nothing is stored.
///
/// @param encoding told or guessed
/// @param separator the character, told or guessed
/// @param columns in the file's order
/// @param problems why the import cannot be started; empty when it can
/// @param counts of the rows that were looked at, at most 1000
/// @param rows the first of them, at most 20
/// @param errors of the rows that were looked at, at most 100
@Serdeable
record ImportPreviewResponse(
    Encoding encoding,
    String separator,
    List<ColumnResponse> columns,
    List<FieldError> problems,
    ImportResponse.CountsResponse counts,
    List<RowResponse> rows,
    List<ImportErrorResponse> errors) {
  ImportPreviewResponse {
    columns = List.copyOf(columns);
    problems = List.copyOf(problems);
    rows = List.copyOf(rows);
    errors = List.copyOf(errors);
  }

  /// A column.
  ///
  /// @param field that it is taken for; null when it is left out
  @Serdeable
  record ColumnResponse(String header, @Nullable Field field) {}

  /// A row as it would be stored.
  ///
  /// @param line where it begins, from 1
  /// @param participantId of whoever is expected already; null when nobody is
  /// @param participant null when the row is of no use
  @Serdeable
  record RowResponse(
      long line,
      SortedLine.Outcome outcome,
      @Nullable UUID participantId,
      @Nullable DetailsResponse participant) {}

  /// What would be known of somebody.
  @Serdeable
  record DetailsResponse(
      String name,
      @Nullable String phone,
      @Nullable String email,
      String locale,
      @Nullable String note,
      List<String> tags) {
    DetailsResponse {
      tags = List.copyOf(tags);
    }
  }
}
