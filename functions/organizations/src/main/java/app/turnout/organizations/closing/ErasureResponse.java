package app.turnout.organizations.closing;

import app.turnout.platform.erasure.Erasure;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An erasure that was asked for, and its receipt.
///
/// @param areas what each area has erased, in the order in which they do
@Serdeable
record ErasureResponse(
    UUID id,
    UUID organizationId,
    ErasureStatus status,
    OffsetDateTime requestedAt,
    OffsetDateTime dueAt,
    @Nullable OffsetDateTime beganAt,
    @Nullable OffsetDateTime completedAt,
    List<AreaErasureResponse> areas) {
  ErasureResponse {
    areas = List.copyOf(areas);
  }

  /// What one area has erased.
  ///
  /// @param rows how many, by table
  @Serdeable
  record AreaErasureResponse(
      String area, Map<String, Long> rows, @Nullable OffsetDateTime completedAt) {
    AreaErasureResponse {
      rows = Map.copyOf(rows);
    }
  }

  static ErasureResponse of(Erasure erasure) {
    return new ErasureResponse(
        erasure.id(),
        erasure.subject().value(),
        ErasureStatus.of(erasure),
        erasure.requestedAt().atOffset(ZoneOffset.UTC),
        erasure.dueAt().atOffset(ZoneOffset.UTC),
        offset(erasure.beganAt()),
        offset(erasure.completedAt()),
        erasure.steps().stream()
            .map(
                step ->
                    new AreaErasureResponse(step.area(), step.rows(), offset(step.completedAt())))
            .toList());
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
