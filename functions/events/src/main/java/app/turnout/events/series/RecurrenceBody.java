package app.turnout.events.series;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// When an event comes again, by RFC 5545, counted from its first date. Local times are those of
/// the event's zone, such as `2026-04-01T19:00`.
///
/// @param rrule such as `FREQ=WEEKLY;BYDAY=TU`; not given where `rdates` alone say when
/// @param rdates starts beside the rule's
/// @param exdates starts of the rule that are left out
@Serdeable
public record RecurrenceBody(
    @Nullable @Size(max = 2_000) String rrule,
    @Nullable @Size(max = 1_000) List<String> rdates,
    @Nullable @Size(max = 1_000) List<String> exdates) {
  private static final Pattern UNTIL = Pattern.compile("UNTIL=([0-9]{8})(T[0-9]{6})?");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

  public RecurrenceBody {
    rdates = rdates == null ? null : List.copyOf(rdates);
    exdates = exdates == null ? null : List.copyOf(exdates);
  }

  /// The rule of a part, as it is.
  public static RecurrenceBody of(Part part) {
    return new RecurrenceBody(
        part.rrule(),
        RecurrenceResponse.texts(part.rdates()),
        RecurrenceResponse.texts(part.exdates()));
  }

  /// The same, with every time so much later.
  public RecurrenceBody shifted(Duration shift) {
    return new RecurrenceBody(
        rrule == null ? null : untilShifted(rrule, shift),
        shifted(rdates, shift),
        shifted(exdates, shift));
  }

  private static @Nullable List<String> shifted(@Nullable List<String> times, Duration shift) {
    return times == null
        ? null
        : times.stream().map(time -> LocalDateTime.parse(time).plus(shift).toString()).toList();
  }

  /// A rule whose end is so much later.
  public static String untilShifted(String rrule, Duration shift) {
    return UNTIL
        .matcher(rrule)
        .replaceFirst(
            until ->
                until.group(2) == null
                    ? "UNTIL="
                        + DATE.format(
                            LocalDate.parse(until.group(1), DATE).plusDays(shift.toDays()))
                    : "UNTIL="
                        + DATE_TIME.format(
                            LocalDateTime.parse(until.group(1) + until.group(2), DATE_TIME)
                                .plus(shift)));
  }
}
