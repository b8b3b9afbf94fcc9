package app.turnout.participants.guestlist.exports;

import app.turnout.participants.csv.CsvWriter;
import app.turnout.participants.csv.Formulas;
import app.turnout.participants.guestlist.Participant;
import app.turnout.platform.attendance.ParticipantDetails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A participant as a row. Columns keep their names and their order; new ones come behind.
final class ExportedRow {
  /// The first row.
  static final String HEADER =
      CsvWriter.row(
          List.of(
              "name",
              "phone",
              "email",
              "locale",
              "tags",
              "note",
              "status",
              "checked_in_at",
              "consent",
              "created_at",
              "id",
              "travel_mode"));

  private ExportedRow() {}

  static String of(Participant participant) {
    ParticipantDetails details = participant.details();
    Participant.CheckIn checkIn = participant.checkIn();
    List<@Nullable String> cells = new ArrayList<>();
    cells.add(text(details.name()));
    cells.add(text(details.phone()));
    cells.add(text(details.email()));
    cells.add(details.locale());
    cells.add(text(CsvWriter.list(details.tags())));
    cells.add(text(details.note()));
    cells.add(participant.status().name().toLowerCase(Locale.ROOT));
    cells.add(checkIn == null ? null : time(checkIn.at()));
    cells.add(Boolean.toString(participant.consent().granted()));
    cells.add(time(participant.createdAt()));
    cells.add(participant.id().toString());
    cells.add(details.travelMode().name().toLowerCase(Locale.ROOT));
    return CsvWriter.row(cells);
  }

  private static @Nullable String text(@Nullable String value) {
    return value == null ? null : Formulas.defused(value);
  }

  /// RFC 3339 in UTC.
  private static String time(Instant time) {
    return time.toString();
  }
}
