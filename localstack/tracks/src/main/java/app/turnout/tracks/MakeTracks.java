package app.turnout.tracks;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// The program behind `localstack/tracks/make`.
public final class MakeTracks {
  private static final String USAGE =
      """
      usage: localstack/tracks/make ROUTER

      Makes the tracks in Krems anew, on the roads of an OSRM server at ROUTER (such as
      http://127.0.0.1:5055) that has a map of the town, and writes them where they are kept:
        functions/eta/src/test/resources/tracks      120, for measuring arrival times
        localstack/runner/src/main/resources/tracks  30, for the demonstration
      The same map gives the same tracks.\
      """;

  static final int MEASURED = 120;
  static final long MEASURED_SEED = 3_500;
  static final String MEASURED_TITLE = "Ways through Krems that arrival times are measured by";
  static final long DEMO_SEED = 30;
  static final String DEMO_TITLE = "Thirty on their way to the Sporthalle Krems";

  private MakeTracks() {}

  /// Writes the tracks, or says how to be called.
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1 || arguments[0].equals("--help")) {
      System.out.println(USAGE);
      return;
    }
    Path checkout = Path.of(System.getProperty("turnout.checkout", "."));
    Krems krems = new Krems(new Router(URI.create(arguments[0])));
    List<MadeTrack> measured = krems.measured(MEASURED, MEASURED_SEED);
    Path tests = checkout.resolve("functions/eta/src/test/resources/tracks");
    try (OutputStream file = Files.newOutputStream(tests.resolve("krems.gpx.gz"));
        OutputStream packer = new GZIPOutputStream(file)) {
      packer.write(Gpx.of(MEASURED_TITLE, measured).getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(tests.resolve("krems.csv"), Arrivals.of(measured));
    Files.writeString(
        checkout.resolve("localstack/runner/src/main/resources/tracks/krems.gpx"),
        Gpx.of(DEMO_TITLE, krems.demonstration(DEMO_SEED)));
  }
}
