package app.turnout.participants.guestlist.imports;

import app.turnout.participants.intake.Field;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Size;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names of a file's columns, where they are others than the usual ones.
///
/// @param firstName where the name stands in two columns
/// @param tags several in one cell, with semicolons, commas or bars between
/// @param travelMode `car`, `bicycle` or `foot`
@Serdeable
record ColumnNames(
    @Nullable @Size(min = 1, max = 100) String name,
    @Nullable @Size(min = 1, max = 100) String firstName,
    @Nullable @Size(min = 1, max = 100) String lastName,
    @Nullable @Size(min = 1, max = 100) String phone,
    @Nullable @Size(min = 1, max = 100) String email,
    @Nullable @Size(min = 1, max = 100) String locale,
    @Nullable @Size(min = 1, max = 100) String note,
    @Nullable @Size(min = 1, max = 100) String tags,
    @Nullable @Size(min = 1, max = 100) String travelMode) {
  static ColumnNames of(Map<Field, String> names) {
    return new ColumnNames(
        names.get(Field.NAME),
        names.get(Field.FIRST_NAME),
        names.get(Field.LAST_NAME),
        names.get(Field.PHONE),
        names.get(Field.EMAIL),
        names.get(Field.LOCALE),
        names.get(Field.NOTE),
        names.get(Field.TAGS),
        names.get(Field.TRAVEL_MODE));
  }

  Map<Field, String> byField() {
    Map<Field, String> names = new EnumMap<>(Field.class);
    put(names, Field.NAME, name);
    put(names, Field.FIRST_NAME, firstName);
    put(names, Field.LAST_NAME, lastName);
    put(names, Field.PHONE, phone);
    put(names, Field.EMAIL, email);
    put(names, Field.LOCALE, locale);
    put(names, Field.NOTE, note);
    put(names, Field.TAGS, tags);
    put(names, Field.TRAVEL_MODE, travelMode);
    return names;
  }

  private static void put(Map<Field, String> names, Field field, @Nullable String name) {
    if (name != null) {
      names.put(field, name);
    }
  }
}
