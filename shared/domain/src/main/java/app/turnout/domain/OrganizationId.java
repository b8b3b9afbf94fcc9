package app.turnout.domain;

import java.util.UUID;

/// Names one organization: the tenant.
public record OrganizationId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
