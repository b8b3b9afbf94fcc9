package app.turnout.events.preview;

import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a recurrence comes to.
///
/// @param rrule the rule in its one form
/// @param words such as "every 2nd Tuesday, 10 times"
/// @param ends `never`, or `at` the last date
/// @param lastStartsAt null when it never ends
/// @param count of all dates; null when it never ends, or when they are more than 10,000
/// @param data the first dates
/// @param notices what to look at twice
@Serdeable
record RecurrencePreviewResponse(
    @Nullable String rrule,
    String language,
    String words,
    String ends,
    @Nullable OffsetDateTime lastStartsAt,
    @Nullable Integer count,
    List<PreviewedDate> data,
    List<Notice> notices) {
  RecurrencePreviewResponse {
    data = List.copyOf(data);
    notices = List.copyOf(notices);
  }

  /// A date, with the offset that its zone has then.
  ///
  /// @param localStart by which the date is known
  @Serdeable
  record PreviewedDate(OffsetDateTime startsAt, OffsetDateTime endsAt, String localStart) {}

  /// Something about a date.
  ///
  /// @param rule `moved_by_clock_change` when there is no such time that day, `comes_twice` when
  ///   there are two and the first is meant, `no_such_date` when there is nothing to leave out
  @Serdeable
  record Notice(String localStart, String rule, String message) {}
}
