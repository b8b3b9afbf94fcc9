package app.turnout.runner;

import app.turnout.runner.demo.Demo;
import app.turnout.stores.StoreException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The command behind `localstack/up`.
public final class Main {
  /// Where `template.yaml` is; the working directory when it is not set.
  private static final String CHECKOUT = "turnout.checkout";

  private Main() {}

  /// Starts the runner and waits for a signal.
  public static void main(String[] arguments) throws InterruptedException {
    try {
      Path checkout = Path.of(System.getProperty(CHECKOUT, "."));
      CommandLine commandLine = CommandLine.parse(List.of(arguments), checkout);
      if (commandLine.help()) {
        System.out.print(CommandLine.HELP);
        return;
      }
      run(commandLine);
    } catch (RunnerException | StoreException e) {
      System.err.println("localstack/up: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(CommandLine commandLine) throws InterruptedException {
    Path log = commandLine.options().data().resolve("log.jsonl");
    System.setOut(new PrintStream(new ReadableLog(System.out, log), true, StandardCharsets.UTF_8));
    Startup startup = new Startup(commandLine.options(), System.out::println);
    if (commandLine.remove()) {
      startup.removeFromAws();
      return;
    }
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  startup.close();
                  ended.countDown();
                },
                "shutdown"));
    if (commandLine.stores()) {
      LocalStores stores = startup.runStores(containers(commandLine));
      System.out.print(Addresses.of(stores, commandLine.options().data()));
      ended.await();
      return;
    }
    Runner runner = startup.run();
    System.out.print(Addresses.of(runner, commandLine.options()));
    if (commandLine.demo()) {
      demonstrate(runner);
    }
    ended.await();
  }

  private static Optional<InetAddress> containers(CommandLine commandLine) {
    if (commandLine.listen().isEmpty()) {
      return Doorway.bridge();
    }
    String address = commandLine.listen().get();
    try {
      return Optional.of(InetAddress.ofLiteral(address));
    } catch (IllegalArgumentException e) {
      throw new RunnerException("--listen needs an IP address, not " + address, e);
    }
  }

  /// Whatever comes of it, the product goes on.
  private static void demonstrate(Runner runner) {
    try {
      System.out.println();
      Demo.run(runner.front(), runner.mailbox(), System.out);
    } catch (RunnerException e) {
      System.err.println("The demonstration ended: " + e.getMessage());
    }
  }
}
