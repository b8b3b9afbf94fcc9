package app.turnout.events.catalogue;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/// An amount of money.
///
/// @param amount in minor units of the currency (ISO 4217)
@Serdeable
record CataloguePriceResponse(long amount, String currency) {
  /// Null where nothing is sold.
  static @Nullable CataloguePriceResponse of(long amount, @Nullable String currency) {
    return currency == null ? null : new CataloguePriceResponse(amount, currency);
  }
}
