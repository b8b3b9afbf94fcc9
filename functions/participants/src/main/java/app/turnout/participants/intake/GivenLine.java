package app.turnout.participants.intake;

import app.turnout.participants.csv.CsvFault;
import app.turnout.participants.csv.CsvFile;
import app.turnout.platform.attendance.ParticipantDetails;
import app.turnout.platform.json.JsonReader;
import app.turnout.platform.problem.FieldError;
import io.micronaut.json.tree.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Somebody who is given by a line of a file.
///
/// @param number of the line, from 1
/// @param details null when something is wrong
/// @param given the fields that are not blank
/// @param errors what is wrong; the field is `row` where it is the line as a whole
public record GivenLine(
    long number, @Nullable ParticipantDetails details, Set<String> given, List<FieldError> errors) {
  public GivenLine {
    given = Set.copyOf(given);
    errors = List.copyOf(errors);
  }

  /// Reads lines of one file.
  ///
  /// @param country whose national phone numbers are taken; null for none
  /// @param locale of those whose line says none
  public record Reader(Columns columns, JsonReader json, @Nullable String country, String locale) {
    /// Reads a line that is not blank.
    public GivenLine read(CsvFile.Line line) {
      return switch (line) {
        case CsvFile.Line.Faulty(long number, CsvFault fault) -> faulty(number, fault);
        case CsvFile.Line.Row row ->
            columns.isTooNarrowFor(row)
                ? faulty(row.number(), CsvFault.TOO_MANY_CELLS)
                : read(row.number(), columns.read(row));
      };
    }

    private GivenLine read(long number, JsonNode given) {
      Map<String, JsonNode> fields = new LinkedHashMap<>();
      given.entries().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
      Set<String> names = new HashSet<>(fields.keySet());
      fields.putIfAbsent("locale", JsonNode.createStringNode(locale));
      GivenRow row = GivenRow.read(JsonNode.createObjectNode(fields), json, country);
      return new GivenLine(number, row.details(), names, row.errors());
    }

    private static GivenLine faulty(long number, CsvFault fault) {
      return new GivenLine(
          number, null, Set.of(), List.of(new FieldError("row", fault.rule(), fault.message())));
    }
  }
}
