package app.turnout.runner;

import app.turnout.runner.aws.AwsNames;
import app.turnout.runner.function.Functions;
import app.turnout.runner.function.Outcome;
import app.turnout.runner.http.Front;
import app.turnout.runner.mail.Mailbox;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import javax.sql.DataSource;

/// The whole of `template.yaml`, running in this process.
public final class Runner implements AutoCloseable {
  private final Closing closing;
  private final RunningStores stores;
  private final Functions functions;
  private final Mailbox mailbox;
  private final Front front;
  private final ProductClock clock;

  Runner(
      Closing closing,
      RunningStores stores,
      Functions functions,
      Mailbox mailbox,
      Front front,
      ProductClock clock) {
    this.closing = closing;
    this.stores = stores;
    this.functions = functions;
    this.mailbox = mailbox;
    this.front = front;
    this.clock = clock;
  }

  /// Starts everything and comes back when it serves. Closing the runner ends it.
  ///
  /// @throws RunnerException or `StoreException` with one line that says what is wrong; nothing is
  ///   left running then
  public static Runner start(RunnerOptions options) {
    return start(options, _ -> {});
  }

  /// The same, saying what it does.
  public static Runner start(RunnerOptions options, Consumer<String> progress) {
    return new Startup(options, progress).run();
  }

  /// Where the product is served.
  public URI front() {
    return front.uri();
  }

  /// The page with the mails that were sent; `messages` below it is the same as JSON.
  public URI mailbox() {
    return mailbox.uri();
  }

  /// Where mails are taken, on the loopback interface.
  public int smtpPort() {
    return mailbox.smtpPort();
  }

  /// The database's URL, without credentials.
  public String jdbcUrl() {
    return stores.jdbcUrl();
  }

  /// New connections to the product's database as PostgreSQL's superuser, or as who made the
  /// database where it is elsewhere; no pool.
  public DataSource superuser() {
    return stores.superuser();
  }

  /// Lets the runner's own database crash and come back, to see what becomes of those who need it.
  public void crashDatabase() {
    stores.postgres().orElseThrow().crash();
  }

  /// Where the queues are.
  public URI sqs() {
    return stores.sqs();
  }

  /// The URL of a queue's name.
  public String queueUrl(String name) {
    return stores.queueUrl(name);
  }

  /// What queues and tables are called where they are.
  AwsNames names() {
    return stores.resources().aws();
  }

  /// Where the tables are.
  public URI dynamoDb() {
    return stores.dynamoDb();
  }

  /// The time that functions and schedules live in.
  public ProductClock clock() {
    return clock;
  }

  /// Calls a function and waits for its answer.
  ///
  /// @param functionId its logical id in the template
  /// @param event JSON
  /// @return its answer, JSON
  /// @throws RunnerException when it fails or takes too long
  public String invoke(String functionId, String event) {
    return switch (functions.call(functionId, event.getBytes(StandardCharsets.UTF_8))) {
      case Outcome.Answered answered -> new String(answered.payload(), StandardCharsets.UTF_8);
      case Outcome.Failed failed -> throw new RunnerException(functionId + ": " + failed.reason());
      case Outcome.TimedOut late -> throw new RunnerException(functionId + ": " + late.reason());
      case Outcome.TooLarge _ -> throw new RunnerException(functionId + ": the event is too large");
      case Outcome.Throttled _ -> throw new RunnerException(functionId + ": no instance is free");
    };
  }

  /// Has a function's next call start it anew, as after a change of its code.
  ///
  /// @param functionId its logical id in the template
  /// @return whether it had been started
  public boolean reload(String functionId) {
    return functions.reload(functionId);
  }

  /// Ends everything: first what brings work, then the functions, then the stores.
  @Override
  public void close() {
    closing.close();
  }
}
