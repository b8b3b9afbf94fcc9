package app.turnout.organizations.tenants;

import app.turnout.platform.problem.ProblemException;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What holds for an organization where nobody says otherwise.
///
/// @param country ISO 3166-1 alpha-2, such as `PT`; null when nobody said
/// @param locale language of messages: `en`, `pt`, `id` or `ru`
/// @param timeZone IANA name, such as `Europe/Lisbon`
@Serdeable
record SettingsBody(
    @Nullable @Pattern(regexp = "[A-Z]{2}") String country,
    @Pattern(regexp = "en|pt|id|ru") String locale,
    @Schema(type = "string") ZoneId timeZone) {
  static SettingsBody of(OrganizationSettings settings) {
    return new SettingsBody(settings.country(), settings.locale(), settings.zone());
  }

  /// Throws ProblemException when there is no such country.
  OrganizationSettings toSettings() {
    if (country != null
        && !Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).contains(country)) {
      throw ProblemException.invalidField(
          "settings.country", "country", "must be a country's code (ISO 3166-1 alpha-2), as PT");
    }
    return new OrganizationSettings(country, locale, timeZone);
  }
}
