package app.turnout.bench.cold;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Starts each function in a process of its own and waits for its first answer, in four ways,
/// beside a program that only asks the database.
public final class ColdBenchmark {
  private static final String ROW = "%-24s %-10s %7s %7s %7s %7s %8s %8s %7s %9s%n";

  /// What is not measured is done at once: caches, counts, and what comes before a snapshot.
  private static final int HELPERS = 2;

  private final Path work;
  private final Path built;
  private final Path client;
  private final String jdbcUrl;
  private final int rounds;
  private final Consumer<String> progress;

  /// @param built the directory with this program's jar, and what it needs in `lib`
  /// @param client the directory with the jars of the runtime interface client
  /// @param jdbcUrl with credentials
  public ColdBenchmark(
      Path built, Path client, String jdbcUrl, int rounds, Consumer<String> progress) {
    this.work = built.resolve("cold");
    this.built = built;
    this.client = client;
    this.jdbcUrl = jdbcUrl;
    this.rounds = rounds;
    this.progress = progress;
  }

  /// What is measured and how, for people.
  public static String describe(int rounds) {
    return """
    Processes   one for each start, under the runtime interface client that AWS publishes
    Rounds      %d of four ways in turn, the floor's %d; seconds are the median's, the least and the
                most, from the start of the process to its first answer
    Floor       main(): connects, one SELECT, tells the Runtime API; with an AOT cache, no token
    Plain       the function in a class loader of the client's, TieredStopAtLevel=1, as in Lambda
    CDS, AOT    all on the class path, from an archive or a cache that one start before has made
    Restored    out of a process that waits where its snapshot would be taken, primed, both compilers
    """
        .formatted(rounds, floorRounds(rounds));
  }

  /// Short, so more often: all others are compared with it.
  private static int floorRounds(int rounds) {
    return 2 * rounds + 1;
  }

  /// A way to start.
  ///
  /// @param trained what makes its cache; null where it has none
  private record Way(
      String name,
      Launch launch,
      @Nullable Launch trained,
      @Nullable Path cache,
      boolean fromSnapshot) {
    static Way without(String name, Launch launch, boolean fromSnapshot) {
      return new Way(name, launch, null, null, fromSnapshot);
    }

    static Way with(String name, Launch launch, String making, String using, Path cache) {
      return new Way(
          name,
          launch.with(name, using + cache),
          launch.with(name + " training", making + cache),
          cache,
          false);
    }

    static Way withCache(String name, Launch launch, Path directory) {
      return with(
          name,
          launch,
          "-XX:AOTCacheOutput=",
          "-XX:AOTCache=",
          directory.resolve(name.replace(' ', '-') + ".aot"));
    }

    /// A start that waits to be measured.
    Launch.Waiting ready(byte[] event) throws IOException, InterruptedException {
      return fromSnapshot ? launch.snapshot(event) : () -> launch.cold(event);
    }
  }

  /// What was found of a way.
  private record Figures(Way way, List<Start> starts, long classes) {
    double median(ToDoubleFunction<Start> figure) {
      double[] sorted = starts.stream().mapToDouble(figure).sorted().toArray();
      return sorted[sorted.length / 2];
    }

    double least() {
      return starts.stream().mapToDouble(Start::seconds).min().orElseThrow();
    }

    double most() {
      return starts.stream().mapToDouble(Start::seconds).max().orElseThrow();
    }
  }

  /// What functions are asked first.
  public interface Calls {
    /// With a token that was just given: on a busy machine it is not good until all have started.
    List<ColdCall> signedIn() throws IOException, InterruptedException;
  }

  /// Measures all and gives the table.
  ///
  /// @param settings the runner's directory of the functions' settings
  public String measure(Path checkout, Path settings, Calls calls)
      throws IOException, InterruptedException {
    empty(work);
    StringBuilder table = new StringBuilder();
    table.append(
        ROW.formatted(
            "", "", "s", "min", "max", "CPU s", "/ floor", "classes", "RSS MB", "cache MB"));
    progress.accept("Starting bare JDBC");
    Figures floor = floor(table);
    String template = Files.readString(checkout.resolve("template.yaml"));
    int count = calls.signedIn().size();
    for (int each = 0; each < count; each++) {
      ColdCall call = calls.signedIn().get(each);
      progress.accept("Starting " + call.function());
      ColdFunction function =
          ColdFunction.of(call.function(), checkout, template, settings, jars(client), work);
      String name =
          "%s, %.1f MB"
              .formatted(
                  call.function().replaceFirst("Function$", ""), function.packagedMegabytes());
      for (Figures figures : figures(ways(function), call.event(), rounds)) {
        append(table, name, figures, floor);
        name = figures.way().name().equals("plain") ? "  " + call.does() : "";
      }
    }
    return table.toString();
  }

  private static List<Way> ways(ColdFunction function) throws IOException {
    Launch asLambda = function.asLambda();
    Launch onClassPath = function.onClassPath();
    return List.of(
        Way.without("plain", asLambda, false),
        Way.with(
            "CDS",
            onClassPath,
            "-XX:ArchiveClassesAtExit=",
            "-XX:SharedArchiveFile=",
            function.work().resolve("function.jsa")),
        Way.withCache("AOT cache", onClassPath, function.work()),
        Way.without("restored", asLambda.with("restored"), true));
  }

  private Figures floor(StringBuilder table) throws IOException, InterruptedException {
    Path own = Files.createDirectories(work.resolve("bare"));
    Path driver =
        jars(built.resolve("lib")).stream()
            .filter(jar -> jar.getFileName().toString().startsWith("postgresql-"))
            .findFirst()
            .orElseThrow();
    Path bench = jars(built).getFirst();
    String statement = "select title from events limit 1";
    Launch main =
        bare(
            own,
            List.of(bench, driver),
            Map.of(),
            List.of(BareMain.class.getName(), jdbcUrl, statement));
    String handler = BareFunction.class.getName();
    List<Path> path = new ArrayList<>(List.of(bench, driver));
    path.addAll(jars(client));
    Map<String, String> environment =
        Stream.of(
                ColdFunction.environment("bare", handler, own),
                Map.of("BARE_URL", jdbcUrl, "BARE_STATEMENT", statement))
            .flatMap(entries -> entries.entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    Launch function = bare(own, path, environment, List.of(ColdFunction.CLIENT_MAIN, handler));
    List<Figures> figures =
        figures(
            List.of(Way.withCache("main", main, own), Way.withCache("client", function, own)),
            "{}".getBytes(StandardCharsets.UTF_8),
            floorRounds(rounds));
    append(table, "bare JDBC, main()", figures.getFirst(), figures.getFirst());
    append(table, "bare JDBC, client", figures.getLast(), figures.getFirst());
    return figures.getFirst();
  }

  private static Launch bare(
      Path own, List<Path> path, Map<String, String> environment, List<String> main) {
    return new Launch(
        List.of("-cp", path.stream().map(Path::toString).collect(Collectors.joining(":"))),
        main,
        own,
        environment,
        own.resolve("log"),
        "\"statusCode\":200");
  }

  /// The ways take turns, so that a slow moment of the machine is not one way's alone.
  private static List<Figures> figures(List<Way> ways, byte[] event, int rounds)
      throws IOException, InterruptedException {
    List<Callable<Long>> preparations = new ArrayList<>();
    List<List<Launch.Waiting>> waiting = new ArrayList<>();
    for (Way way : ways) {
      preparations.add(() -> prepare(way, event));
      List<Launch.Waiting> ready = Collections.synchronizedList(new ArrayList<>());
      waiting.add(ready);
      for (int round = 0; round < rounds; round++) {
        preparations.add(
            () -> {
              ready.add(way.ready(event));
              return 0L;
            });
      }
    }
    List<Long> prepared = atOnce(preparations);
    List<Long> classes = new ArrayList<>();
    List<List<Start>> starts = new ArrayList<>();
    for (int way = 0; way < ways.size(); way++) {
      classes.add(prepared.get(way * (rounds + 1)));
      starts.add(new ArrayList<>());
    }
    for (int round = 0; round < rounds; round++) {
      for (int way = 0; way < ways.size(); way++) {
        starts.get(way).add(waiting.get(way).get(round).start());
      }
    }
    List<Figures> figures = new ArrayList<>();
    for (int way = 0; way < ways.size(); way++) {
      figures.add(new Figures(ways.get(way), starts.get(way), classes.get(way)));
    }
    return figures;
  }

  /// Makes a way's cache and counts its classes; zero where that says nothing.
  private static long prepare(Way way, byte[] event) throws IOException, InterruptedException {
    if (way.trained() != null) {
      way.trained().cold(event);
    }
    return way.fromSnapshot() ? 0 : classes(way.launch(), event);
  }

  private static List<Long> atOnce(List<Callable<Long>> work)
      throws IOException, InterruptedException {
    List<Long> done = new ArrayList<>();
    try (ExecutorService helpers = Executors.newFixedThreadPool(HELPERS)) {
      for (Future<Long> each : helpers.invokeAll(work)) {
        done.add(each.get());
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    return done;
  }

  private static long classes(Launch launch, byte[] event)
      throws IOException, InterruptedException {
    Path loaded = Files.createTempFile(launch.log().getParent(), "classes", "");
    launch.with("counted", "-Xlog:class+load:file=" + loaded + "::filecount=0").cold(event);
    try (Stream<String> lines = Files.lines(loaded)) {
      return lines.filter(line -> line.contains(" source: ")).count();
    }
  }

  private static void append(StringBuilder table, String name, Figures figures, Figures floor) {
    Path cache = figures.way().cache();
    double seconds = figures.median(Start::seconds);
    table.append(
        ROW.formatted(
            name,
            cache != null && !figures.way().name().equals("CDS")
                ? "AOT cache"
                : figures.way().name(),
            figure(3, seconds),
            figure(3, figures.least()),
            figure(3, figures.most()),
            figure(2, figures.median(Start::cpuSeconds)),
            figure(1, seconds / floor.median(Start::seconds)),
            figures.classes() == 0 ? "" : String.format(Locale.ROOT, "%,d", figures.classes()),
            figure(0, figures.median(Start::residentMegabytes)),
            cache == null ? "" : figure(1, cache.toFile().length() / 1e6)));
  }

  private static String figure(int digits, double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static List<Path> jars(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .map(Path::toAbsolutePath)
          .sorted()
          .toList();
    }
  }

  private static void empty(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(directory);
  }
}
