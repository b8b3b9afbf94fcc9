package app.turnout.platform.erasure;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An erasure that was asked for; once it is completed, its receipt.
///
/// @param beganAt null as long as it can be taken back
/// @param steps the areas that have begun, in the order of [ErasureOrder#AREAS]
public record Erasure(
    UUID id,
    OrganizationId subject,
    UserId requestedBy,
    Instant requestedAt,
    Instant dueAt,
    @Nullable Instant cancelledAt,
    @Nullable Instant beganAt,
    @Nullable Instant completedAt,
    List<Step> steps) {
  public Erasure {
    steps = List.copyOf(steps);
  }

  /// What one area has erased.
  ///
  /// @param rows how many, by table
  public record Step(String area, Map<String, Long> rows, @Nullable Instant completedAt) {
    public Step {
      rows = Map.copyOf(rows);
    }
  }
}
