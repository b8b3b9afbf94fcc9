package app.turnout.platform.erasure;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A consent that was withdrawn; once it is completed, the receipt of what was erased.
///
/// @param steps the areas that are done
public record Withdrawal(
    UUID id, Instant withdrawnAt, @Nullable Instant completedAt, List<Erasure.Step> steps) {
  public Withdrawal {
    steps = List.copyOf(steps);
  }
}
