package app.turnout.runner;

import app.turnout.runner.Closing.Phase;
import app.turnout.runner.function.Functions;
import app.turnout.runner.function.Outcome;
import app.turnout.runner.http.Front;
import app.turnout.runner.mail.Mailbox;
import app.turnout.runner.queue.EventSources;
import app.turnout.runner.queue.Queues;
import app.turnout.runner.schedule.Schedules;
import app.turnout.runner.template.Template;
import app.turnout.stores.Directories;
import app.turnout.stores.DirectoryLock;
import app.turnout.stores.EmbeddedDynamoDb;
import app.turnout.stores.EmbeddedPostgres;
import app.turnout.stores.EmbeddedSqs;
import app.turnout.stores.StoreException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/// Starts a runner step by step. Closing it ends what has been started, also in the middle.
final class Startup implements AutoCloseable {
  private static final String MIGRATE = "MigrateFunction";

  private final RunnerOptions options;
  private final Consumer<String> progress;
  private final Closing closing = new Closing();
  private final ProductClock clock;
  private final long begin = System.nanoTime();

  Startup(RunnerOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
    this.clock = options.clock();
  }

  Runner run() {
    // Before threads ask for it at once, which it would complain about.
    var _ = LoggerFactory.getILoggerFactory();
    try {
      return start();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Runner start() {
    Path data = options.data();
    closing.add(Phase.LOCK, DirectoryLock.hold(data));
    if (options.fresh()) {
      List.of("postgres", "sqs", "dynamodb", "functions")
          .forEach(store -> Directories.delete(data.resolve(store)));
      Directories.delete(data.resolve("schedules"));
    }
    LocalPorts ports = LocalPorts.choose(options.port());
    SecretStore secrets = new SecretStore(data.resolve("secrets"));
    URI front = URI.create("http://127.0.0.1:" + ports.front());
    LocalResources resources =
        new LocalResources(
            front, URI.create("http://127.0.0.1:" + ports.sqs()), ports.postgres(), secrets);
    Map<String, String> parameters = new HashMap<>(options.parameters());
    parameters.putIfAbsent("PublicUrl", front.toString());
    Template template = Template.read(options.template(), parameters, resources);
    FunctionSettings settings = new FunctionSettings(ports, front, template, clock);
    settings.write(data.resolve("functions"));
    Functions functions =
        closing.add(
            Phase.FUNCTIONS,
            new Functions(
                template.functions(),
                options.template().toAbsolutePath().resolveSibling(""),
                data.resolve("functions")));
    progress.accept("Starting PostgreSQL, SQS, DynamoDB and a mailbox; data in " + data);
    return serve(ports, resources, template, functions);
  }

  private Runner serve(
      LocalPorts ports, LocalResources resources, Template template, Functions functions) {
    Path data = options.data();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      Future<EmbeddedPostgres> postgres =
          threads.submit(() -> postgres(ports, resources, template, functions));
      Future<AwsJson> sqs = threads.submit(() -> sqs(ports, template));
      Future<EmbeddedDynamoDb> dynamoDb = threads.submit(() -> dynamoDb(ports, template));
      Mailbox mailbox =
          closing.add(Phase.STORES, Mailbox.start(ports.smtp(), ports.mailbox(), clock));
      threads.shutdown();
      AwsJson queues = outcome(sqs);
      URI tables = outcome(dynamoDb).endpoint();
      EmbeddedPostgres server = outcome(postgres);
      Front front =
          closing.add(Phase.SOURCES, Front.start(ports.front(), template, functions, clock));
      closing.add(
          Phase.SOURCES,
          EventSources.start(template.functions(), functions, queues, resources::queueUrl));
      closing.add(
          Phase.SOURCES,
          Schedules.start(template.functions(), functions, clock, data.resolve("schedules")));
      progress.accept(
          String.format(Locale.ROOT, "Ready after %.1f s", (System.nanoTime() - begin) / 1e9));
      RunningStores stores =
          new RunningStores(server, database(template), resources.sqs(), tables, resources);
      return new Runner(closing, stores, functions, mailbox, front, clock);
    }
  }

  private EmbeddedPostgres postgres(
      LocalPorts ports, LocalResources resources, Template template, Functions functions) {
    EmbeddedPostgres postgres =
        closing.add(
            Phase.STORES,
            EmbeddedPostgres.start(options.data().resolve("postgres"), ports.postgres()));
    template
        .database()
        .ifPresent(spec -> DatabaseSetup.create(postgres, spec, resources.ownerPassword(spec)));
    told("PostgreSQL is up");
    if (template.functions().stream().anyMatch(function -> function.id().equals(MIGRATE))) {
      switch (functions.call(MIGRATE, "{}".getBytes(StandardCharsets.UTF_8))) {
        case Outcome.Answered _ -> told("The schema is up to date");
        case Outcome.Failed failed -> throw migrationFailure(failed.reason());
        case Outcome.TimedOut late -> throw migrationFailure(late.reason());
        case Outcome.TooLarge _ -> throw migrationFailure("its event is too large");
      }
    }
    return postgres;
  }

  private static RunnerException migrationFailure(String reason) {
    return new RunnerException(MIGRATE + " failed: " + reason.lines().findFirst().orElse(reason));
  }

  private AwsJson sqs(LocalPorts ports, Template template) {
    EmbeddedSqs sqs =
        closing.add(
            Phase.STORES,
            options.queuesInMemory()
                ? EmbeddedSqs.inMemory(ports.sqs())
                : EmbeddedSqs.start(options.data().resolve("sqs"), ports.sqs()));
    AwsJson client = closing.add(Phase.FUNCTIONS, AwsJson.sqs(sqs.endpoint()));
    Queues.create(client, template.queues());
    told("SQS is up");
    return client;
  }

  private EmbeddedDynamoDb dynamoDb(LocalPorts ports, Template template) {
    EmbeddedDynamoDb dynamoDb =
        closing.add(
            Phase.STORES,
            EmbeddedDynamoDb.start(options.data().resolve("dynamodb"), ports.dynamoDb()));
    try (AwsJson client = AwsJson.dynamoDb(dynamoDb.endpoint())) {
      Tables.create(client, template.tables());
    }
    told("DynamoDB is up");
    return dynamoDb;
  }

  static String database(Template template) {
    return template.database().map(spec -> spec.name()).orElse("postgres");
  }

  private void told(String what) {
    progress.accept(
        String.format(Locale.ROOT, "%s (%.1f s)", what, (System.nanoTime() - begin) / 1e9));
  }

  private static <T> T outcome(Future<T> started) {
    try {
      return started.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RunnerException || cause instanceof StoreException) {
        throw (RuntimeException) cause;
      }
      throw new RunnerException("the start failed: " + cause, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunnerException("interrupted while it started", e);
    }
  }

  @Override
  public void close() {
    closing.close();
  }
}
