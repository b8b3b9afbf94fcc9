package app.turnout.participants.erasure;

import app.turnout.platform.erasure.Erasure;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The erasure of a person; once it is completed, its receipt. It does not say of whom.
///
/// @param areas what each area has erased
@Serdeable
record PersonErasureResponse(
    UUID id,
    Status status,
    OffsetDateTime requestedAt,
    @Nullable OffsetDateTime completedAt,
    List<AreaResponse> areas) {
  PersonErasureResponse {
    areas = List.copyOf(areas);
  }

  /// How far it is.
  @Serdeable
  enum Status {
    ERASING,
    COMPLETED
  }

  /// What one area has erased.
  ///
  /// @param rows how many, by table; of logs and kept answers, how many lost what they said
  @Serdeable
  record AreaResponse(String area, Map<String, Long> rows, @Nullable OffsetDateTime completedAt) {
    AreaResponse {
      rows = Map.copyOf(rows);
    }
  }

  static PersonErasureResponse of(Erasure erasure) {
    return new PersonErasureResponse(
        erasure.id(),
        erasure.completedAt() == null ? Status.ERASING : Status.COMPLETED,
        erasure.requestedAt().atOffset(ZoneOffset.UTC),
        offset(erasure.completedAt()),
        erasure.steps().stream()
            .map(step -> new AreaResponse(step.area(), step.rows(), offset(step.completedAt())))
            .toList());
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
