package app.turnout.participants.guestlist.batch;

import app.turnout.participants.guestlist.LinkResponse;
import app.turnout.platform.problem.FieldError;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What came of one row of a batch.
///
/// @param index of the row, from 0
/// @param participantId of who was added, or of who is expected already
/// @param link that is shown this once; null unless they were added
/// @param errors the fields that broke rules, or that are somebody's who is expected already
@Serdeable
record BatchRowResponse(
    int index,
    RowOutcome outcome,
    @Nullable UUID participantId,
    @Nullable LinkResponse link,
    List<FieldError> errors) {
  BatchRowResponse {
    errors = List.copyOf(errors);
  }

  static BatchRowResponse added(int index, UUID participant) {
    return new BatchRowResponse(index, RowOutcome.ADDED, participant, null, List.of());
  }

  static BatchRowResponse exists(int index, UUID participant, FieldError by) {
    return new BatchRowResponse(index, RowOutcome.EXISTS, participant, null, List.of(by));
  }

  static BatchRowResponse invalid(int index, List<FieldError> errors) {
    return new BatchRowResponse(index, RowOutcome.INVALID, null, null, errors);
  }

  static BatchRowResponse planLimitReached(int index) {
    return new BatchRowResponse(index, RowOutcome.PLAN_LIMIT_REACHED, null, null, List.of());
  }

  BatchRowResponse withLink(@Nullable LinkResponse other) {
    return new BatchRowResponse(index, outcome, participantId, other, errors);
  }
}
