package app.turnout.organizations.tenants;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What holds for a tenant where nobody says otherwise.
///
/// @param country ISO 3166-1 alpha-2; null when nobody said
/// @param locale language of messages: `en`, `pt`, `id` or `ru`
/// @param zone that its people live in
public record OrganizationSettings(@Nullable String country, String locale, ZoneId zone) {
  static final OrganizationSettings FIRST = new OrganizationSettings(null, "en", ZoneId.of("UTC"));
}
