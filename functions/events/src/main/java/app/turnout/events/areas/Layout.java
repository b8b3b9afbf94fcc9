package app.turnout.events.areas;

import app.turnout.platform.problem.FieldError;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a venue is divided.
///
/// @param sections 1 to 200, each with a name of its own
@Serdeable
public record Layout(@Valid @Size(min = 1, max = 200) List<Section> sections) {
  private static final int MOST_SEATS = 20_000;

  public Layout {
    sections = List.copyOf(sections);
  }

  /// A part of the venue: standing room for so many, or seats.
  ///
  /// @param capacity how many it takes; not together with `rows`
  /// @param rows its rows of seats, each with a name of its own; not together with `capacity`
  @Serdeable
  public record Section(
      @NotBlank @Size(max = 100) String name,
      @Nullable @Min(1) @Max(1_000_000) Integer capacity,
      @Nullable @Valid @Size(min = 1, max = 500) List<Row> rows) {
    public Section {
      rows = rows == null ? null : List.copyOf(rows);
    }

    private long places() {
      if (rows != null) {
        return seats();
      }
      return capacity == null ? 0 : capacity;
    }

    private long seats() {
      return rows == null ? 0 : rows.stream().mapToLong(row -> row.seats().size()).sum();
    }
  }

  /// A row of seats.
  ///
  /// @param seats their numbers, as they stand beside each other; none twice
  @Serdeable
  public record Row(
      @NotBlank @Size(max = 20) String name, @Size(min = 1, max = 500) List<Integer> seats) {
    public Row {
      seats = List.copyOf(seats);
    }
  }

  /// What does not fit together.
  ///
  /// @param capacity of the whole venue
  List<FieldError> errors(@Nullable Integer capacity) {
    List<FieldError> errors = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      String path = "layout.sections[" + i + "]";
      if (!names.add(key(section.name()))) {
        errors.add(new FieldError(path + ".name", "unique", "names another section too"));
      }
      if (section.rows() != null && section.capacity() != null) {
        errors.add(new FieldError(path + ".capacity", "exclusive", "must not be given with rows"));
      } else if (section.rows() == null && section.capacity() == null) {
        errors.add(new FieldError(path + ".capacity", "required", "is required without rows"));
      }
      if (section.rows() != null) {
        addErrors(section.rows(), path, errors);
      }
    }
    if (sections.stream().mapToLong(Section::seats).sum() > MOST_SEATS) {
      errors.add(
          new FieldError("layout", "max_items", "must have at most " + MOST_SEATS + " seats"));
    }
    if (capacity != null && sections.stream().mapToLong(Section::places).sum() > capacity) {
      errors.add(
          new FieldError("layout", "capacity", "must not have more places than the capacity"));
    }
    return errors;
  }

  private static void addErrors(List<Row> rows, String section, List<FieldError> errors) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      String path = section + ".rows[" + i + "]";
      if (!names.add(key(row.name()))) {
        errors.add(new FieldError(path + ".name", "unique", "names another row too"));
      }
      Set<Integer> numbers = new HashSet<>();
      for (int j = 0; j < row.seats().size(); j++) {
        int number = row.seats().get(j);
        if (number < 1 || number > 99_999) {
          errors.add(
              new FieldError(path + ".seats[" + j + "]", "range", "must be from 1 to 99999"));
        } else if (!numbers.add(number)) {
          errors.add(new FieldError(path + ".seats[" + j + "]", "unique", "is there twice"));
        }
      }
    }
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
