package app.turnout.domain;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// An amount of money that is not less than nothing.
///
/// @param amount in minor units of the currency, as many of which make one as ISO 4217 says: 1250
///   is 12.50 in EUR, 1250 in JPY and 1.250 in KWD
public record Money(long amount, Currency currency) {
  /// Those that some country pays with today; the JDK knows past ones and metals too.
  private static final Map<String, Currency> CURRENT =
      Arrays.stream(Locale.getISOCountries())
          .map(country -> Currency.getInstance(Locale.of("", country)))
          .filter(Objects::nonNull)
          .distinct()
          .collect(Collectors.toUnmodifiableMap(Currency::getCurrencyCode, Function.identity()));

  public Money {
    if (amount < 0) {
      throw new IllegalArgumentException("amount must not be negative");
    }
  }

  /// The currency with this code (ISO 4217), in capitals; empty when nobody pays with it today.
  public static Optional<Currency> findCurrency(String code) {
    return Optional.ofNullable(CURRENT.get(code));
  }

  /// Amount and code, such as `12.50 EUR`.
  @Override
  public String toString() {
    return BigDecimal.valueOf(amount, currency.getDefaultFractionDigits()).toPlainString()
        + ' '
        + currency.getCurrencyCode();
  }
}
