package app.turnout.platform.erasure;

import app.turnout.domain.OrganizationId;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Erases what one area keeps of an organization, a batch at a time.
public interface AreaEraser {
  String area();

  /// Erases a batch, in the open transaction: some thousand rows at most.
  ///
  /// @param after where the batch before ended; null for the first
  Batch erase(OrganizationId organization, @Nullable UUID after);

  /// What went.
  ///
  /// @param rows how many, by table
  /// @param next where the next batch goes on; null when nothing is left
  record Batch(Map<String, Long> rows, @Nullable UUID next) {
    public Batch {
      rows = Map.copyOf(rows);
    }
  }
}
