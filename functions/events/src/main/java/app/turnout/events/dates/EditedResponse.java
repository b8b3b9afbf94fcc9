package app.turnout.events.dates;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What became of an edit of one date or many.
///
/// @param occurrence the date that was named; null when it is not there any more
/// @param moved how many dates have another time
/// @param detached how many stay though the rule does not have them
@Serdeable
record EditedResponse(
    @Nullable DateResponse occurrence,
    int moved,
    int made,
    int removed,
    int detached,
    int cancelled) {
  static EditedResponse of(
      @Nullable EventDate date, Replan.@Nullable Outcome outcome, Instant now) {
    DateResponse response = date == null ? null : DateResponse.of(date, now);
    return outcome == null
        ? new EditedResponse(response, 0, 0, 0, 0, 0)
        : new EditedResponse(
            response,
            outcome.moved(),
            outcome.made(),
            outcome.removed(),
            outcome.detached(),
            outcome.cancelled());
  }
}
