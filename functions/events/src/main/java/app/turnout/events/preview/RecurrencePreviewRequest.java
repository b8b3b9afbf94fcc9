package app.turnout.events.preview;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A recurrence that is thought of.
///
/// @param startsAt the first date is the rule's first at or after it
/// @param endsAt of a date that starts then; each date lasts as long, by the clocks
/// @param timeZone IANA name, such as `Europe/Dublin`
/// @param language of the words: `en` when not given, `pt`, `id` or `ru`
/// @param limit how many dates to tell: 10 when not given
@Serdeable
record RecurrencePreviewRequest(
    OffsetDateTime startsAt,
    OffsetDateTime endsAt,
    @NotBlank @Size(max = 64) String timeZone,
    @Valid PreviewedRecurrence recurrence,
    @Nullable @Size(min = 2, max = 10) String language,
    @Nullable @Min(1) @Max(100) Integer limit) {
  /// RFC 5545's parts of a recurrence. Times are local ones, such as `2027-03-01T19:00`.
  ///
  /// @param rrule such as `FREQ=WEEKLY;BYDAY=TU,TH`; may be left out where there are `rdates`
  /// @param rdates starts beside the rule's
  /// @param exdates starts that are left out
  @Serdeable
  record PreviewedRecurrence(
      @Nullable String rrule, @Nullable List<String> rdates, @Nullable List<String> exdates) {
    PreviewedRecurrence {
      rdates = rdates == null ? null : List.copyOf(rdates);
      exdates = exdates == null ? null : List.copyOf(exdates);
    }
  }
}
