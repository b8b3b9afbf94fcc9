package app.turnout.participants.guestlist.batch;

import app.turnout.participants.guestlist.LinkResponse;
import app.turnout.platform.idempotency.Secretive;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// What came of a batch.
///
/// @param added how many are expected now who were not
/// @param results one a row, in the rows' order
@Serdeable
record BatchResponse(int added, List<BatchRowResponse> results)
    implements Secretive<BatchResponse> {
  BatchResponse {
    results = List.copyOf(results);
  }

  @Override
  public BatchResponse withoutSecrets() {
    return withLinks(Map.of());
  }

  /// Who was added.
  List<UUID> addedIds() {
    return results.stream()
        .filter(row -> row.outcome() == RowOutcome.ADDED)
        .map(BatchRowResponse::participantId)
        .filter(Objects::nonNull)
        .toList();
  }

  /// With the links of those who were added.
  BatchResponse withLinks(Map<UUID, LinkResponse> links) {
    return new BatchResponse(
        added,
        results.stream()
            .map(
                row ->
                    row.outcome() == RowOutcome.ADDED && row.participantId() != null
                        ? row.withLink(links.get(row.participantId()))
                        : row)
            .toList());
  }
}
