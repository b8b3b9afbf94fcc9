package app.turnout.platform.erasure;

import app.turnout.domain.OrganizationId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Erases what one area keeps of a person, a batch at a time.
public interface PersonEraser {
  String area();

  /// Erases a batch, in the open transaction: some hundred rows at most.
  ///
  /// @param erasure whose [PersonErasureSteps#subjects] are the rows that were the person
  /// @param after where the batch before ended; null for the first
  AreaEraser.Batch erase(
      UUID erasure, OrganizationId organization, Person person, @Nullable UUID after);
}
