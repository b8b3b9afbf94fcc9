package app.turnout.participants.doubles;

import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/// Who turned out to be the same person.
///
/// @param from participants of the same date, who go
@Serdeable
record MergeRequest(@NotEmpty @Size(max = 20) List<UUID> from) {
  MergeRequest {
    from = List.copyOf(from);
  }
}
