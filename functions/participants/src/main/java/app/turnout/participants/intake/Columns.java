package app.turnout.participants.intake;

import app.turnout.participants.csv.CsvFile;
import app.turnout.participants.csv.CsvLists;
import app.turnout.participants.csv.Formulas;
import app.turnout.platform.json.Texts;
import app.turnout.platform.problem.FieldError;
import io.micronaut.core.util.StringUtils;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which column of a file is which field.
///
/// @param headers the columns' names, in their order
/// @param places the columns' indexes by field
public record Columns(List<String> headers, Map<Field, Integer> places) {
  private static final Set<String> LOCALES = Set.of("en", "pt", "id", "ru");

  public Columns {
    headers = List.copyOf(headers);
    places = Map.copyOf(places);
  }

  /// The columns of a header row: each field has the column that the mapping says, else the first
  /// one with a usual name.
  ///
  /// @param mapping headers by field
  public static Columns of(List<String> header, Map<Field, String> mapping) {
    List<String> headers =
        header.stream()
            .map(name -> Texts.printable(name.strip()))
            .collect(Collectors.toCollection(ArrayList::new));
    while (!headers.isEmpty() && headers.getLast().isEmpty()) {
      headers.removeLast();
    }
    Map<Field, Integer> places = new EnumMap<>(Field.class);
    mapping.forEach(
        (field, name) -> {
          int place = indexOf(headers, name);
          if (place >= 0) {
            places.put(field, place);
          }
        });
    for (int i = 0; i < headers.size(); i++) {
      int column = i;
      if (!places.containsValue(i)) {
        HeaderNames.field(headers.get(i))
            .filter(field -> !mapping.containsKey(field))
            .ifPresent(field -> places.putIfAbsent(field, column));
      }
    }
    return new Columns(headers, places);
  }

  private static int indexOf(List<String> headers, String name) {
    for (int i = 0; i < headers.size(); i++) {
      if (headers.get(i).equalsIgnoreCase(name.strip())) {
        return i;
      }
    }
    return -1;
  }

  /// What makes an import of these columns impossible; fields are those of the request for it.
  ///
  /// @param mapping that was asked for
  public List<FieldError> problems(Map<Field, String> mapping) {
    List<FieldError> problems = new ArrayList<>();
    mapping.forEach(
        (field, name) -> {
          if (!places.containsKey(field)) {
            problems.add(
                new FieldError(
                    "columns." + field.wire(), "column", "must be the name of a column"));
          }
        });
    if (!places.containsKey(Field.NAME)
        && !places.containsKey(Field.FIRST_NAME)
        && !places.containsKey(Field.LAST_NAME)
        && !mapping.containsKey(Field.NAME)) {
      problems.add(
          new FieldError("columns.name", "required", "no column has a name that is known for it"));
    }
    return problems;
  }

  /// The field of a column; null when it is taken for none.
  public @Nullable Field field(int column) {
    return places.entrySet().stream()
        .filter(place -> place.getValue() == column)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /// The name of the column that a field of a participant comes from; null when it comes from none.
  ///
  /// @param field as in an error: `phone`, `tags[2]`
  public @Nullable String header(String field) {
    String plain = field.replaceAll("\\[.*", "");
    Collection<Field> fields =
        plain.equals("name")
            ? List.of(Field.NAME, Field.FIRST_NAME, Field.LAST_NAME)
            : EnumSet.allOf(Field.class).stream()
                .filter(each -> each.wire().equals(plain))
                .toList();
    return fields.stream()
        .filter(places::containsKey)
        .map(each -> headers.get(Integer.parseInt(String.valueOf(places.get(each)))))
        .findFirst()
        .orElse(null);
  }

  /// Whether a row has more than there are columns for.
  public boolean isTooNarrowFor(CsvFile.Line.Row row) {
    return row.cells().stream().skip(headers.size()).anyMatch(cell -> !cell.isBlank());
  }

  /// A row as somebody to be expected; what is blank is not given.
  public JsonNode read(CsvFile.Line.Row row) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    String name = cell(row, Field.NAME);
    if (name == null) {
      String first = cell(row, Field.FIRST_NAME);
      String last = cell(row, Field.LAST_NAME);
      name = first == null ? last : last == null ? first : first + " " + last;
    }
    put(fields, "name", name == null ? "" : name);
    put(fields, "phone", cell(row, Field.PHONE));
    put(fields, "email", cell(row, Field.EMAIL));
    put(fields, "locale", locale(cell(row, Field.LOCALE)));
    put(fields, "note", cell(row, Field.NOTE));
    String tags = cell(row, Field.TAGS);
    if (tags != null) {
      fields.put(
          "tags",
          JsonNode.createArrayNode(
              CsvLists.read(tags).stream().map(JsonNode::createStringNode).toList()));
    }
    String travelMode = cell(row, Field.TRAVEL_MODE);
    put(fields, "travel_mode", travelMode == null ? null : travelMode.toLowerCase(Locale.ROOT));
    return JsonNode.createObjectNode(fields);
  }

  private static void put(Map<String, JsonNode> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, JsonNode.createStringNode(value));
    }
  }

  private @Nullable String cell(CsvFile.Line.Row row, Field field) {
    Integer place = places.get(field);
    if (place == null || place >= row.cells().size()) {
      return null;
    }
    return StringUtils.trimToNull(Formulas.restored(row.cells().get(place).strip()));
  }

  /// `pt` for `pt-BR`; what is none of ours stays as it is, to be refused.
  private static @Nullable String locale(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String language = text.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    return LOCALES.contains(language) ? language : text;
  }
}
