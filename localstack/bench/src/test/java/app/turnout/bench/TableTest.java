package app.turnout.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.bench.Comparison.Round;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void medianOfAnOddNumberIsTheMiddleOne() {
    assertThat(Spread.of(9, 1, 4)).isEqualTo(new Spread(1, 4, 9));
  }

  @Test
  void medianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertThat(Spread.of(9, 1, 4, 5)).isEqualTo(new Spread(1, 4.5, 9));
  }

  @Test
  void oneRoundIsItsOwnSpread() {
    assertThat(Spread.of(3)).isEqualTo(new Spread(3, 3, 3));
  }

  @Test
  void nothingMeasuredHasNoSpread() {
    assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ratiosAreOfEachRound() {
    Comparison comparison =
        new Comparison("x", List.of(new Round(100, 50), new Round(200, 20), new Round(10, 10)));

    assertThat(comparison.floor()).isEqualTo(new Spread(10, 100, 200));
    assertThat(comparison.product()).isEqualTo(new Spread(10, 20, 50));
    assertThat(comparison.ratio()).isEqualTo(new Spread(0.1, 0.5, 1));
  }

  @Test
  void figuresHaveThreeDigits() {
    assertThat(List.of(0.1234, 1.234, 12.34, 123.4, 1234.5, 123_456.0))
        .extracting(Table::figure)
        .containsExactly("0.123", "1.23", "12.3", "123", "1,235", "123,456");
  }

  @Test
  void tableHasOneLineForEachComparison() {
    String table =
        Table.of(
            List.of(
                new Comparison("pings/s", List.of(new Round(100_000, 25_000))),
                new Comparison("median ms", List.of(new Round(0.5, 2)))));

    assertThat(table)
        .isEqualTo(
            """
                                                                 product                       floor       product / floor
                                                   min   median      max       min   median      max     min median    max
            pings/s                             25,000   25,000   25,000   100,000  100,000  100,000   0.250  0.250  0.250
            median ms                             2.00     2.00     2.00     0.500    0.500    0.500    4.00   4.00   4.00
            """);
  }
}
