package app.turnout.runner;

import app.turnout.runner.Closing.Phase;
import app.turnout.runner.aws.AwsAccount;
import app.turnout.runner.aws.AwsNames;
import app.turnout.runner.aws.CredentialsEndpoint;
import app.turnout.runner.function.Execution;
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
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/// Starts a runner step by step. Closing it ends what has been started, also in the middle.
final class Startup implements AutoCloseable {
  private static final String MIGRATE = "MigrateFunction";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String LOOPBACK = "127.0.0.1";

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
    return whole(this::start);
  }

  /// The stores alone, which containers may be let in to.
  LocalStores runStores(Optional<InetAddress> containers) {
    return whole(() -> startStores(containers));
  }

  private <T> T whole(Supplier<T> start) {
    // Before threads ask for it at once, which it would complain about.
    var _ = LoggerFactory.getILoggerFactory();
    try {
      return start.get();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Runner start() {
    lock();
    Optional<AwsAccount> account = account();
    if (options.fresh()) {
      forget(account);
    }
    LocalPorts ports = LocalPorts.choose(options.port());
    LocalResources resources = resources(ports, LOOPBACK, account);
    Template template = template(resources, options.parameters());
    if (account.isPresent()) {
      // Functions are given their queues' URLs, and AWS alone knows them.
      resources = resources.with(queueUrls(account.get(), template));
      template = template(resources, options.parameters());
    }
    Functions functions = functions(ports, template, functionAws(ports, account));
    Stores stores = stores(ports, resources, template, functions, account);
    Front front =
        closing.add(
            Phase.SOURCES,
            Front.start(
                ports.front(), template, functions, clock, options.data().resolve("access.log")));
    closing.add(
        Phase.SOURCES,
        EventSources.start(
            template.functions(), functions, stores.queues(), resources.aws()::queueUrl));
    closing.add(
        Phase.SOURCES,
        Schedules.start(
            template.functions(), functions, clock, options.data().resolve("schedules")));
    ready();
    return new Runner(closing, stores.running(), functions, stores.mailbox(), front, clock);
  }

  private LocalStores startStores(Optional<InetAddress> containers) {
    lock();
    if (options.fresh()) {
      forget(Optional.empty());
    }
    LocalPorts ports =
        options.port() == 0 ? LocalPorts.choose(0) : LocalPorts.beside(options.port());
    LocalResources resources = resources(ports, LOOPBACK, Optional.empty());
    Template template = template(resources, options.parameters());
    Map<String, String> parameters = SamFiles.parameters(options.parameters(), ports);
    Template inContainers = template(resources(ports, SamFiles.HOST, Optional.empty()), parameters);
    SamFiles.write(
        options.data(),
        inContainers,
        parameters,
        new FunctionSettings(
            SamFiles.HOST,
            ports,
            options.elsewhere(),
            functionAws(SamFiles.HOST, ports),
            front(ports),
            inContainers,
            clock,
            Execution.SHARED));
    Functions functions = functions(ports, template, functionAws(LOOPBACK, ports));
    Stores stores = stores(ports, resources, template, functions, Optional.empty());
    containers.ifPresent(
        address ->
            closing.add(
                Phase.SOURCES,
                Doorway.open(
                    address,
                    List.of(ports.postgres(), ports.sqs(), ports.dynamoDb(), ports.smtp()))));
    ready();
    return new LocalStores(closing, stores.running(), stores.mailbox(), containers);
  }

  /// Deletes what was made for the data in the account of AWS that this machine is logged in to.
  void removeFromAws() {
    whole(
        () -> {
          lock();
          account().ifPresent(this::removeFrom);
          return closing;
        });
    close();
  }

  private void removeFrom(AwsAccount account) {
    List<String> deleted = account.delete();
    progress.accept(
        deleted.isEmpty()
            ? "There is nothing of " + options.data() + " there"
            : "Deleted there: " + String.join(", ", deleted));
  }

  private void lock() {
    closing.add(Phase.LOCK, DirectoryLock.hold(options.data()));
  }

  private void forget(Optional<AwsAccount> account) {
    Path data = options.data();
    account.ifPresent(this::removeFrom);
    List.of("postgres", "sqs", "dynamodb", "functions")
        .forEach(store -> Directories.delete(data.resolve(store)));
    Directories.delete(data.resolve("schedules"));
  }

  private Optional<AwsAccount> account() {
    if (!options.elsewhere().isAwsItself()) {
      return Optional.empty();
    }
    AwsAccount account = AwsAccount.open(options.data());
    told("AWS is account %s in %s".formatted(account.place().account(), account.place().region()));
    return Optional.of(account);
  }

  private static Map<String, String> queueUrls(AwsAccount account, Template template) {
    try (AwsJson sqs = account.sqs()) {
      return Queues.make(sqs, template.queues(), account.tags());
    }
  }

  private FunctionAws functionAws(LocalPorts ports, Optional<AwsAccount> account) {
    return account
        .map(aws -> FunctionAws.of(aws, closing.add(Phase.STORES, CredentialsEndpoint.start(aws))))
        .orElseGet(() -> functionAws(LOOPBACK, ports));
  }

  private FunctionAws functionAws(String host, LocalPorts ports) {
    Elsewhere elsewhere = options.elsewhere();
    return FunctionAws.local(elsewhere.sqs(host, ports), elsewhere.dynamoDb(host, ports));
  }

  private static URI front(LocalPorts ports) {
    return URI.create("http://" + LOOPBACK + ":" + ports.front());
  }

  private LocalResources resources(LocalPorts ports, String host, Optional<AwsAccount> account) {
    Elsewhere elsewhere = options.elsewhere();
    DatabaseAddress database = elsewhere.database(host, ports, "postgres");
    return new LocalResources(
        front(ports),
        account.map(AwsAccount::names).orElseGet(() -> AwsNames.local(elsewhere.sqs(host, ports))),
        database.host(),
        database.port(),
        new SecretStore(options.data().resolve("secrets")));
  }

  private Template template(LocalResources resources, Map<String, String> given) {
    Map<String, String> parameters = new HashMap<>(given);
    parameters.putIfAbsent("PublicUrl", resources.front().toString());
    return Template.read(options.template(), parameters, resources);
  }

  private Functions functions(LocalPorts ports, Template template, FunctionAws aws) {
    Path configuration = options.data().resolve("functions");
    FunctionSettings settings =
        new FunctionSettings(
            LOOPBACK,
            ports,
            options.elsewhere(),
            aws,
            front(ports),
            template,
            clock,
            options.execution());
    settings.write(configuration);
    return closing.add(
        Phase.FUNCTIONS,
        new Functions(
            template.functions(),
            options.template().toAbsolutePath().resolveSibling(""),
            configuration,
            options.execution(),
            settings::variables,
            progress));
  }

  private void ready() {
    progress.accept(
        String.format(Locale.ROOT, "Ready after %.1f s", (System.nanoTime() - begin) / 1e9));
  }

  private String starting() {
    Elsewhere elsewhere = options.elsewhere();
    List<String> own = new ArrayList<>();
    if (elsewhere.database().isEmpty()) {
      own.add("PostgreSQL");
    }
    if (elsewhere.aws().isEmpty()) {
      own.add("SQS");
      own.add("DynamoDB");
    }
    own.add("a mailbox");
    int last = own.size() - 1;
    return "Starting %s; data in %s"
        .formatted(
            last == 0
                ? own.getFirst()
                : String.join(", ", own.subList(0, last)) + " and " + own.get(last),
            options.data());
  }

  /// @param queues a client of theirs
  private record Stores(RunningStores running, AwsJson queues, Mailbox mailbox) {}

  private Stores stores(
      LocalPorts ports,
      LocalResources resources,
      Template template,
      Functions functions,
      Optional<AwsAccount> account) {
    progress.accept(starting());
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      // While PostgreSQL starts, what will be called then starts, too.
      var _ = threads.submit(() -> functions.start(MIGRATE));
      Future<Optional<EmbeddedPostgres>> postgres =
          threads.submit(() -> postgres(ports, resources, template, functions));
      Future<AwsJson> sqs = threads.submit(() -> sqs(ports, resources, template, account));
      Future<URI> dynamoDb = threads.submit(() -> dynamoDb(ports, template, account));
      Mailbox mailbox =
          closing.add(Phase.STORES, Mailbox.start(ports.smtp(), ports.mailbox(), clock));
      threads.shutdown();
      AwsJson queues = outcome(sqs);
      URI tables = outcome(dynamoDb);
      Optional<EmbeddedPostgres> server = outcome(postgres);
      DatabaseAddress database = options.elsewhere().database(LOOPBACK, ports, database(template));
      return new Stores(new RunningStores(server, database, tables, resources), queues, mailbox);
    }
  }

  private Optional<EmbeddedPostgres> postgres(
      LocalPorts ports, LocalResources resources, Template template, Functions functions) {
    Optional<EmbeddedPostgres> own =
        options.elsewhere().database().isPresent()
            ? Optional.empty()
            : Optional.of(
                closing.add(
                    Phase.STORES,
                    EmbeddedPostgres.start(options.data().resolve("postgres"), ports.postgres())));
    DatabaseAddress database = options.elsewhere().database(LOOPBACK, ports, database(template));
    template
        .database()
        .ifPresent(spec -> DatabaseSetup.create(database, spec, resources.ownerPassword(spec)));
    told(own.isPresent() ? "PostgreSQL is up" : "PostgreSQL answers at " + database);
    if (template.functions().stream().anyMatch(function -> function.id().equals(MIGRATE))) {
      byte[] nothing = "{}".getBytes(StandardCharsets.UTF_8);
      switch (functions.callWhenFree(MIGRATE, nothing, PATIENCE)) {
        case Outcome.Answered _ -> told("The schema is up to date");
        case Outcome.Failed failed -> throw migrationFailure(failed.reason());
        case Outcome.TimedOut late -> throw migrationFailure(late.reason());
        case Outcome.TooLarge _ -> throw migrationFailure("its event is too large");
        case Outcome.Throttled _ -> throw migrationFailure("no instance is free");
      }
    }
    return own;
  }

  private static RunnerException migrationFailure(String reason) {
    return new RunnerException(MIGRATE + " failed: " + reason.lines().findFirst().orElse(reason));
  }

  private AwsJson sqs(
      LocalPorts ports, LocalResources resources, Template template, Optional<AwsAccount> account) {
    boolean isOwn = options.elsewhere().aws().isEmpty();
    if (isOwn) {
      closing.add(
          Phase.STORES,
          options.queuesInMemory()
              ? EmbeddedSqs.inMemory(ports.sqs())
              : EmbeddedSqs.start(options.data().resolve("sqs"), ports.sqs()));
    }
    URI endpoint = resources.aws().sqs();
    AwsJson client =
        closing.add(
            Phase.FUNCTIONS, account.map(AwsAccount::sqs).orElseGet(() -> AwsJson.sqs(endpoint)));
    if (account.isPresent()) {
      Queues.configure(client, template.queues(), resources.aws().queueUrls());
    } else {
      Queues.create(client, template.queues());
    }
    told(isOwn ? "SQS is up" : "SQS answers at " + endpoint);
    return client;
  }

  private URI dynamoDb(LocalPorts ports, Template template, Optional<AwsAccount> account) {
    boolean isOwn = options.elsewhere().aws().isEmpty();
    if (isOwn) {
      closing.add(
          Phase.STORES,
          EmbeddedDynamoDb.start(options.data().resolve("dynamodb"), ports.dynamoDb()));
    }
    URI endpoint =
        account
            .map(AwsAccount::dynamoDbEndpoint)
            .orElseGet(() -> options.elsewhere().dynamoDb(LOOPBACK, ports));
    try (AwsJson client =
        account.map(AwsAccount::dynamoDb).orElseGet(() -> AwsJson.dynamoDb(endpoint))) {
      Tables.create(client, template.tables(), account.map(AwsAccount::tags).orElseGet(Map::of));
    }
    told(isOwn ? "DynamoDB is up" : "DynamoDB answers at " + endpoint);
    return endpoint;
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
