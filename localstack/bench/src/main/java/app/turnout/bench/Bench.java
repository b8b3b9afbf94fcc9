package app.turnout.bench;

import app.turnout.bench.cold.ColdBenchmark;
import app.turnout.bench.cold.ColdCall;
import app.turnout.runner.Runner;
import app.turnout.runner.RunnerException;
import app.turnout.runner.RunnerOptions;
import app.turnout.stores.EmbeddedPostgres;
import app.turnout.stores.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The command behind `localstack/bench/run`.
public final class Bench {
  /// Where `template.yaml` is; the working directory when it is not set.
  private static final String CHECKOUT = "turnout.checkout";

  private static final int GUESTS_OF_COLD_STARTS = 3;
  private static final int ROUNDS_OF_COLD_STARTS = 3;

  private final Parameters parameters;
  private final Path checkout;

  /// What was measured and how, for people.
  private final String description;

  private Bench(Parameters parameters, Path checkout, String description) {
    this.parameters = parameters;
    this.checkout = checkout;
    this.description = description;
  }

  private Bench(Parameters parameters, Path checkout) {
    this(parameters, checkout, parameters.toString());
  }

  private static Bench cold(Path checkout) {
    return new Bench(
        Parameters.full().with(GUESTS_OF_COLD_STARTS),
        checkout,
        ColdBenchmark.describe(ROUNDS_OF_COLD_STARTS));
  }

  /// Measures everything and prints the table.
  public static void main(String[] arguments) {
    // A thread of DynamoDB Local does not end by itself, whatever happened here.
    Thread.setDefaultUncaughtExceptionHandler(
        (_, failure) -> {
          failure.printStackTrace();
          Runtime.getRuntime().halt(1);
        });
    try {
      measure(arguments);
    } catch (SQLException | IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    System.exit(0);
  }

  private static void measure(String[] arguments)
      throws SQLException, IOException, InterruptedException {
    Path checkout = Path.of(System.getProperty(CHECKOUT, "."));
    switch (String.join(" ", arguments)) {
      case "" -> run(new Bench(Parameters.full(), checkout));
      case "--quick" -> run(new Bench(Parameters.quick(), checkout));
      case "--live" ->
          run(
              new Bench(Parameters.full(), checkout),
              (bench, runner, stage, _) -> bench.watch(runner, stage));
      case "--growth" -> run(new Bench(Parameters.full(), checkout), Bench::grow);
      case "--cold" ->
          run(cold(checkout), (bench, runner, stage, _) -> bench.startCold(runner, stage, false));
      case "--cold --quick", "--quick --cold" ->
          run(cold(checkout), (bench, runner, stage, _) -> bench.startCold(runner, stage, true));
      case "--runner" -> {
        String figures = new RunnerBenchmark(checkout, Bench::tell).measure();
        System.out.println();
        System.out.print(figures);
      }
      case "--help", "-h" -> System.out.print(Parameters.HELP);
      default -> fail("there is no option " + arguments[0] + "; --help shows them");
    }
  }

  private static void run(Bench bench) throws SQLException, IOException, InterruptedException {
    run(bench, Bench::all);
  }

  /// What is done with a running product.
  private interface Work {
    List<Comparison> of(Bench bench, Runner runner, Stage stage, InstantRouter router)
        throws SQLException, IOException, InterruptedException;
  }

  private static void run(Bench bench, Work work)
      throws SQLException, IOException, InterruptedException {
    try {
      bench.run(work);
    } catch (RunnerException | StoreException e) {
      fail(e.getMessage());
    }
  }

  private static void fail(@Nullable String reason) {
    System.err.println("localstack/bench/run: " + reason);
    System.exit(1);
  }

  private void run(Work work) throws SQLException, IOException, InterruptedException {
    double load = Machine.load();
    // On the disk where the runner keeps its data, so that its waits are the same.
    Path data = checkout.resolve("localstack/bench/target/data");
    Path template = BareSend.write(checkout, checkout.resolve("localstack/bench/target"));
    try (InstantRouter router = InstantRouter.start();
        Runner runner = Runner.start(options(template, data, router), Bench::tell)) {
      tell("Making an event with " + parameters.participants() + " participants");
      Stage stage = Stage.set(runner, parameters.participants());
      List<Comparison> comparisons = work.of(this, runner, stage, router);
      System.out.println();
      System.out.print(Machine.describe(runner.superuser(), load));
      System.out.println(description);
      if (!comparisons.isEmpty()) {
        System.out.print(Table.of(comparisons));
      }
    }
  }

  private static RunnerOptions options(Path template, Path data, InstantRouter router) {
    return new RunnerOptions(
        template,
        data,
        0,
        true,
        Optional.empty(),
        Optional.empty(),
        Map.of(
            "OsrmCarUrl", router.uri().toString(),
            // What the machine can do is measured, not what the deployment lets through.
            "ApiRate", "1000000",
            "ApiBurst", "1000000"),
        true);
  }

  private List<Comparison> all(Runner runner, Stage stage, InstantRouter router)
      throws SQLException, IOException, InterruptedException {
    List<Comparison> comparisons = new ArrayList<>(writes(runner, stage));
    comparisons.addAll(reads(runner, stage));
    comparisons.addAll(watch(runner, stage));
    tell("Foretelling when a thousand will be there");
    comparisons.add(new EtaBenchmark(runner, stage, router).measure(parameters));
    tell("Importing guest lists as CSV, and by COPY");
    comparisons.addAll(new ImportBenchmark(runner, stage).measure(parameters));
    tell("Making a year of dates for a thousand recurring events, and copying the same");
    comparisons.add(new SeriesBenchmark(runner, stage).measure(parameters));
    comparisons.addAll(searches(runner));
    return comparisons;
  }

  /// Percentiles have no floor, and so no place in the table.
  private List<Comparison> watch(Runner runner, Stage stage)
      throws IOException, InterruptedException {
    tell("Sending pings to those who watch");
    Latencies latencies = new LiveBenchmark(runner.front(), stage).measure(parameters);
    System.out.println();
    System.out.print(latencies);
    return List.of();
  }

  private List<Comparison> grow(Runner runner, Stage stage, InstantRouter router)
      throws SQLException, IOException {
    tell("Storing twenty million pings");
    return new GrowthBenchmark(runner, stage, new Calls(stage, parameters), Bench::tell).measure();
  }

  /// Its table has other columns.
  private List<Comparison> startCold(Runner runner, Stage stage, boolean quick)
      throws IOException, InterruptedException {
    Path built = checkout.resolve("localstack/bench/target").toAbsolutePath();
    // The one that localstack/up starts functions with, asked to isolate them.
    Path client = checkout.resolve("localstack/runner/target/runtime");
    String floor =
        runner.jdbcUrl()
            + "?user="
            + EmbeddedPostgres.SUPERUSER
            + "&password="
            + EmbeddedPostgres.PASSWORD;
    ColdBenchmark.Calls calls =
        () -> {
          List<ColdCall> all = FirstRequests.of(stage.renewed(runner));
          return quick ? all.subList(0, 1) : all;
        };
    String table =
        new ColdBenchmark(built, client, floor, ROUNDS_OF_COLD_STARTS, Bench::tell)
            .measure(checkout.toAbsolutePath(), built.resolve("data/functions"), calls);
    System.out.println();
    System.out.print(table);
    return List.of();
  }

  private List<Comparison> writes(Runner runner, Stage stage)
      throws SQLException, IOException, InterruptedException {
    try (EqualTable floor = EqualTable.create(runner.superuser());
        StoredPings stored = new StoredPings(runner.superuser())) {
      Calls calls = new Calls(stage, parameters);
      tell("Writing pings, by the function and by COPY");
      Comparison writer = new WriterBenchmark(runner, calls, floor, stored).measure(parameters);
      tell("Sending pings by HTTP, and writing them by COPY");
      Comparison http = new HttpBenchmark(runner.front(), calls, floor, stored).measure(parameters);
      tell("Sending pings one by one, to the product and to a function that does nothing else");
      Comparison single =
          new SinglePingBenchmark(runner.front(), calls, stored).measure(parameters);
      tell("Reckoning what a million pings cost");
      System.out.println();
      System.out.print(new CostBenchmark(runner, stage, calls, stored).measure(parameters));
      return List.of(writer, http, single);
    }
  }

  private List<Comparison> reads(Runner runner, Stage stage)
      throws IOException, InterruptedException {
    try (BareServer floor =
        BareServer.start(
            runner.jdbcUrl(), EmbeddedPostgres.SUPERUSER, EmbeddedPostgres.PASSWORD, stage)) {
      tell("Reading the event, through the front and from bare Jetty");
      return ReadBenchmark.ofEvent(runner.front(), floor.uri(), stage).measure(parameters);
    }
  }

  private List<Comparison> searches(Runner runner)
      throws SQLException, IOException, InterruptedException {
    tell("Publishing %,d events".formatted(PublicEvents.COUNT));
    PublicEvents.publish(runner.superuser());
    try (BareCatalogue floor =
        BareCatalogue.start(
            runner.jdbcUrl(), EmbeddedPostgres.SUPERUSER, EmbeddedPostgres.PASSWORD)) {
      tell("Searching the catalogue, through the front and from bare Jetty");
      return ReadBenchmark.ofCatalogue(runner.front(), floor.uri()).measure(parameters);
    }
  }

  private static void tell(String progress) {
    System.err.println(progress);
  }
}
