package app.turnout.platform.reactions;

import app.turnout.domain.OrganizationId;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Something that happened in another area.
///
/// @param kind names it, and its handlers
/// @param payload ids and facts, as JSON
@Serdeable
public record AreaEvent(String kind, Map<String, String> payload) {
  public AreaEvent {
    payload = Map.copyOf(payload);
  }

  /// The payload's field of this name. Throws IllegalArgumentException when it is no id.
  public UUID id(String field) {
    return UUID.fromString(String.valueOf(payload.get(field)));
  }

  /// The organization that it is about, where its payload says one.
  Optional<OrganizationId> findOrganization() {
    return payload.containsKey("organization_id")
        ? Optional.of(new OrganizationId(id("organization_id")))
        : Optional.empty();
  }
}
