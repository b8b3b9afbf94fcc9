package app.turnout.platform.attendance;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who, or what, checked a participant in.
///
/// @param id of the account or the API key; null where the participant's arrival did
public record CheckedInBy(Kind kind, @Nullable UUID id) {
  public enum Kind {
    USER,
    SUPER_ADMIN,
    API_KEY,
    ARRIVAL
  }
}
