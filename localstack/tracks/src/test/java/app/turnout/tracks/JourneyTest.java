package app.turnout.tracks;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.domain.GeoPoint;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JourneyTest {
  private static final GeoPoint PLACE = new GeoPoint(48.41, 15.60);

  /// Five kilometres due south of the place, in steps of fifty metres.
  private static final Way WAY =
      new Way(
          IntStream.range(0, 100)
              .mapToObj(i -> new Stretch(south(5_000 - 50 * i), south(4_950 - 50 * i), 50, 4))
              .toList());

  @Test
  void sameSeedIsTheSameJourneyAndAnotherIsAnother() {
    assertThat(journey(1)).isEqualTo(journey(1)).isNotEqualTo(journey(2));
    assertThat(Phone.positions(journey(1), new Draw(9)))
        .isEqualTo(Phone.positions(journey(1), new Draw(9)))
        .isNotEqualTo(Phone.positions(journey(1), new Draw(8)));
  }

  @Test
  void arrivalIsTheLastTimeSomebodyComesIntoTheRadius() {
    Journey passesBy =
        new Journey(
            List.of(
                new Moment(0, south(1_000)),
                new Moment(100, south(0)),
                new Moment(200, south(1_000)),
                new Moment(300, south(0)),
                new Moment(400, south(0))),
            0);

    assertThat(passesBy.arrival(PLACE, 151)).isEqualTo(285);
    assertThat(passesBy.arrival(south(5_000), 150)).isGreaterThan(passesBy.end());
  }

  @Test
  void everyJourneyStartsAtHomeAndEndsAtThePlaceSomeMinutesBeforeItsEnd() {
    for (int seed = 0; seed < 50; seed++) {
      Journey journey = journey(seed);

      assertThat(journey.departure()).isBetween(60.0, 360.0);
      assertThat(journey.positionAt(journey.departure())).isEqualTo(WAY.start());
      assertThat(journey.positionAt(journey.end())).isEqualTo(WAY.end());
      assertThat(journey.end() - journey.arrival(PLACE, 150)).isGreaterThan(240);
    }
  }

  @Test
  void phoneTellsWholeSecondsInOrderAndNearTheTruth() {
    for (int seed = 0; seed < 50; seed++) {
      Journey journey = journey(seed);

      List<Moment> told = Phone.positions(journey, new Draw(seed));

      assertThat(told).extracting(Moment::seconds).isSorted().doesNotHaveDuplicates();
      assertThat(told)
          .allSatisfy(
              moment -> assertThat(moment.seconds()).isEqualTo(StrictMath.rint(moment.seconds())));
      long near =
          told.stream()
              .filter(
                  moment -> moment.position().metresTo(journey.positionAt(moment.seconds())) < 50)
              .count();
      assertThat(near).isGreaterThan(told.size() * 9 / 10);
    }
  }

  private static Journey journey(long seed) {
    return Journey.along(WAY, new Draw(seed));
  }

  private static GeoPoint south(double metres) {
    return new GeoPoint(PLACE.latitude() - metres / 111_195, PLACE.longitude());
  }
}
