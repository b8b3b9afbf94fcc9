package app.turnout.tracks;

import app.turnout.domain.GeoPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who is on the way in Krems an der Donau, and where to.
final class Krems {
  private static final GeoPoint SOUTH_WEST = new GeoPoint(48.3885, 15.6005);
  private static final GeoPoint NORTH_EAST = new GeoPoint(48.4135, 15.6700);

  private static final Venue SPORTHALLE =
      new Venue("Sporthalle Krems", new GeoPoint(48.4055, 15.6005));
  private static final List<Venue> VENUES =
      List.of(
          SPORTHALLE,
          new Venue("Bundesamtsplatz", new GeoPoint(48.4104, 15.6207)),
          new Venue("Kino", new GeoPoint(48.4066, 15.6639)),
          new Venue("Lerchenfelder Hauptplatz", new GeoPoint(48.4132, 15.6335)));

  /// Farther from the start than this, as the crow flies.
  private static final double LEAST_METRES = 2_000;

  private static final double NEAR_A_ROAD_METRES = 60;
  private static final Duration SHORTEST = Duration.ofMinutes(11);
  private static final Duration LONGEST = Duration.ofMinutes(40);

  private static final Instant MEASURED_DAY = Instant.parse("2026-03-02T07:00:00Z");
  private static final Instant DEMO_START = Instant.parse("2019-02-18T08:30:00Z");

  private static final List<String> NAMES =
      List.of(
          "Anna", "Budi", "Camila", "Dmitri", "Elif", "Felix", "Greta", "Hugo", "Indah", "Jonas",
          "Katja", "Lukas", "Marta", "Nikolai", "Olga", "Paulo", "Quirin", "Rosa", "Siti", "Tomás",
          "Ursula", "Viktor", "Wayan", "Xenia", "Yusuf", "Zoe", "Adriana", "Bruno", "Clara",
          "Emil");

  private final Router router;

  Krems(Router router) {
    this.router = router;
  }

  /// Ways to several places, each long enough to be looked at ten minutes before its end.
  List<MadeTrack> measured(int count, long seed) {
    Draw draw = new Draw(seed);
    List<MadeTrack> tracks = new ArrayList<>();
    while (tracks.size() < count) {
      Venue venue = VENUES.get(tracks.size() % VENUES.size());
      Instant start = MEASURED_DAY.plus(Duration.ofMinutes(tracks.size()));
      String name = "krems-%03d".formatted(tracks.size() + 1);
      Way way = way(venue, draw);
      Journey journey = Journey.along(way, draw);
      MadeTrack track =
          track(name, Kind.ON_TIME, venue, start, way, journey, Phone.positions(journey, draw));
      track
          .arrival()
          .map(arrival -> Duration.between(track.departure(), arrival))
          .filter(taken -> taken.compareTo(SHORTEST) >= 0 && taken.compareTo(LONGEST) <= 0)
          .ifPresent(taken -> tracks.add(track));
    }
    return tracks;
  }

  /// Thirty ways to one place where something begins at half past eight: four come late, one gets
  /// lost, and one phone falls silent.
  List<MadeTrack> demonstration(long seed) {
    Draw draw = new Draw(seed);
    List<MadeTrack> tracks = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      tracks.add(demonstrated(NAMES.get(i), kind(i), draw));
    }
    return tracks;
  }

  private static Kind kind(int index) {
    return switch (index) {
      case 4, 11, 18, 25 -> Kind.LATE;
      case 7 -> Kind.LOST;
      case 14 -> Kind.SILENT;
      default -> Kind.ON_TIME;
    };
  }

  private MadeTrack demonstrated(String name, Kind kind, Draw draw) {
    Way way = way(SPORTHALLE, draw);
    while (way.metres() < 3_000) {
      way = way(SPORTHALLE, draw);
    }
    if (kind == Kind.LOST) {
      way = router.way(List.of(way.start(), road(draw), road(draw), farFrom(SPORTHALLE, draw)));
    }
    Journey journey = Journey.along(way, draw);
    List<Moment> told = Phone.positions(journey, draw);
    if (kind == Kind.SILENT) {
      double from = journey.departure() + (journey.end() - journey.departure()) / 3;
      told = told.stream().filter(moment -> moment.seconds() < from).toList();
    }
    Duration before =
        switch (kind) {
          case LATE -> Duration.ofSeconds((long) draw.between(-1_200, -240));
          case LOST -> Duration.ofMinutes(-10);
          case ON_TIME, SILENT -> Duration.ofSeconds((long) draw.between(60, 1_200));
        };
    double there = Math.min(journey.arrival(SPORTHALLE.position(), radius()), journey.end());
    Instant start = DEMO_START.minus(before).minusSeconds((long) there);
    return track(name, kind, SPORTHALLE, start, way, journey, told);
  }

  private static MadeTrack track(
      String name,
      Kind kind,
      Venue venue,
      Instant start,
      Way way,
      Journey journey,
      List<Moment> told) {
    double arrival = journey.arrival(venue.position(), radius());
    return new MadeTrack(
        name,
        kind,
        venue,
        start,
        told,
        start.plusSeconds((long) journey.departure()),
        arrival > journey.end() ? Optional.empty() : Optional.of(start.plusSeconds((long) arrival)),
        way.seconds());
  }

  /// A way to the place; one in three leads by somewhere else.
  private Way way(Venue venue, Draw draw) {
    List<GeoPoint> points = new ArrayList<>();
    points.add(farFrom(venue, draw));
    if (draw.percent(35)) {
      points.add(road(draw));
    }
    points.add(venue.position());
    return router.way(points);
  }

  private GeoPoint farFrom(Venue venue, Draw draw) {
    GeoPoint start = road(draw);
    while (start.metresTo(venue.position()) < LEAST_METRES) {
      start = road(draw);
    }
    return start;
  }

  private GeoPoint road(Draw draw) {
    while (true) {
      GeoPoint point =
          new GeoPoint(
              draw.between(SOUTH_WEST.latitude(), NORTH_EAST.latitude()),
              draw.between(SOUTH_WEST.longitude(), NORTH_EAST.longitude()));
      Optional<GeoPoint> road = router.nearestRoad(point, NEAR_A_ROAD_METRES);
      if (road.isPresent()) {
        return road.get();
      }
    }
  }

  private static int radius() {
    return Venue.ARRIVAL_RADIUS_METRES;
  }
}
