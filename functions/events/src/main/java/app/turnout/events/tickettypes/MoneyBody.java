package app.turnout.events.tickettypes;

import app.turnout.domain.Money;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;

/// An amount of money.
///
/// @param amount in minor units of the currency; 0 is free
/// @param currency ISO 4217, such as `EUR`
@Serdeable
public record MoneyBody(
    @Min(0) @Max(99_999_999) long amount, @Pattern(regexp = "[A-Z]{3}") String currency) {
  /// As callers see it.
  public static MoneyBody of(Money money) {
    return new MoneyBody(money.amount(), money.currency().getCurrencyCode());
  }
}
