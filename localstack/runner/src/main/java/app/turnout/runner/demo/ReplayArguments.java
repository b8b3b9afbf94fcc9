package app.turnout.runner.demo;

import app.turnout.runner.RunnerException;
import app.turnout.runner.replay.Link;
import app.turnout.runner.replay.PingFormat;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What `localstack/replay` was asked for.
///
/// @param link whose phone it is; null for a participant made for the purpose
/// @param speed of the product's clock; null for what the product says
record ReplayArguments(
    Path track,
    URI url,
    URI mailbox,
    @Nullable Link link,
    PingFormat format,
    boolean fromNow,
    @Nullable Double speed,
    int batch) {
  static final String USAGE =
      """
      usage: localstack/replay TRACK.gpx [--participant ID --link TOKEN] [--url URL] [--mailbox URL]
                 [--format json|owntracks] [--from-now] [--speed N] [--batch N]

      Plays a recorded track through the API at its recorded times, by the product's clock.
        --participant, --link  whose phone it is, as the answer to adding a participant says;
                               without them an organiser, an event at the track's end and a
                               participant are made, and what the organiser sees is printed
        --url, --mailbox       of the API and of the mails (http://127.0.0.1:8080 and :8025)
        --from-now             as if the track began now
        --speed                how fast the product's clock runs, when /health does not say
        --batch                most positions in one call (500; OwnTracks always sends one)\
      """;

  static ReplayArguments parse(String... arguments) {
    Options options =
        Options.parse(
            arguments,
            "--participant",
            "--link",
            "--url",
            "--mailbox",
            "--format",
            "--speed",
            "--batch");
    if (options.operands().size() != 1) {
      throw new RunnerException("one track is needed; see localstack/replay --help");
    }
    return new ReplayArguments(
        Path.of(options.operands().getFirst()),
        options.url("--url", "http://127.0.0.1:8080"),
        options.url("--mailbox", "http://127.0.0.1:8025"),
        link(options.value("--participant"), options.value("--link")),
        PingFormat.named(options.value("--format", "json")),
        options.has("--from-now"),
        options.value("--speed") == null ? null : options.number("--speed", 1),
        (int) options.number("--batch", PingFormat.JSON.mostInACall()));
  }

  private static @Nullable Link link(@Nullable String participant, @Nullable String token) {
    if ((participant == null) != (token == null)) {
      throw new RunnerException("--participant and --link go together");
    }
    return participant == null || token == null ? null : new Link(participant, token);
  }
}
