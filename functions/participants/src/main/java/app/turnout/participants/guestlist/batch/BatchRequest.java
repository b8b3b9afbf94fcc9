package app.turnout.participants.guestlist.batch;

import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A batch, as far as it is read at once; its rows are read one by one. How they should look, see
/// [AddParticipantsRequest].
@Serdeable
record BatchRequest(@Size(min = 1, max = MOST) List<@Nullable JsonNode> participants) {
  /// Rows in a batch.
  static final int MOST = 500;

  BatchRequest {
    participants = Collections.unmodifiableList(new ArrayList<>(participants));
  }

  /// The rows; one that is `null` is none of use, and no less a row.
  List<JsonNode> rows() {
    return participants.stream().map(row -> row == null ? JsonNode.nullNode() : row).toList();
  }
}
