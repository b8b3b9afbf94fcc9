package app.turnout.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MoneyTest {
  @Test
  void currencySaysHowManyMinorUnitsMakeOne() {
    assertThat(of(1250, "EUR")).hasToString("12.50 EUR");
    assertThat(of(5, "EUR")).hasToString("0.05 EUR");
    assertThat(of(1250, "JPY")).hasToString("1250 JPY");
    assertThat(of(1250, "KWD")).hasToString("1.250 KWD");
  }

  @Test
  void onlyWhatIsPaidWithTodayIsACurrency() {
    assertThat(Money.findCurrency("BRL")).isPresent();
    assertThat(Money.findCurrency("IDR")).isPresent();
    assertThat(Money.findCurrency("RUB")).isPresent();
    assertThat(Money.findCurrency("USD")).isPresent();
    assertThat(Money.findCurrency("CHF")).isPresent();
    assertThat(Money.findCurrency("DEM")).isEmpty();
    assertThat(Money.findCurrency("XAU")).isEmpty();
    assertThat(Money.findCurrency("XXX")).isEmpty();
    assertThat(Money.findCurrency("eur")).isEmpty();
    assertThat(Money.findCurrency("")).isEmpty();
  }

  @Test
  void amountIsNotNegative() {
    assertThatThrownBy(() -> of(-1, "EUR")).isInstanceOf(IllegalArgumentException.class);
  }

  private static Money of(long amount, String currency) {
    return new Money(amount, Money.findCurrency(currency).orElseThrow());
  }
}
