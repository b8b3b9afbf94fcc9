package app.turnout.stores;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.NodeAddress;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.rest.sqs.AutoCreateQueuesConfig;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.TheSQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.Some;
import scala.util.Either;

/// SQS on the loopback interface: ElasticMQ, whose queues and messages are kept in a directory or
/// in memory; what a FIFO queue remembers of messages that are done, to know them again, is not.
/// Any credentials do.
public final class EmbeddedSqs implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int port;
  private final ActorSystem actors;
  private final SQSRestServer server;
  private final @Nullable QueueStorage storage;

  private EmbeddedSqs(
      int port, ActorSystem actors, SQSRestServer server, @Nullable QueueStorage storage) {
    this.port = port;
    this.actors = actors;
    this.server = server;
    this.storage = storage;
  }

  /// Starts it with the queues and messages that a directory keeps. A process can have only one of
  /// this kind at a time: ElasticMQ has one database for all.
  ///
  /// @param port 0 for any free one
  /// @throws StoreException when the directory or the port is in use
  public static EmbeddedSqs start(Path directory, int port) {
    QueueStorage storage = QueueStorage.open(directory);
    try {
      return start(port, storage);
    } catch (RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  /// Starts it without a queue on any free port, forgetting all when it is closed.
  public static EmbeddedSqs inMemory() {
    return inMemory(0);
  }

  /// As above.
  ///
  /// @param port 0 for any free one
  public static EmbeddedSqs inMemory(int port) {
    return start(port, null);
  }

  private static EmbeddedSqs start(int port, @Nullable QueueStorage storage) {
    int taken = Ports.take(port, "SQS");
    ActorSystem actors =
        ActorSystem.create("sqs", configuration(), EmbeddedSqs.class.getClassLoader());
    try {
      Option<ActorRef> listener =
          storage == null ? Option.empty() : new Some<>(actors.actorOf(storage.props()));
      ActorRef queues =
          actors.actorOf(
              Props.create(
                  QueueManagerActor.class,
                  () ->
                      new QueueManagerActor(
                          new NowProvider(), StrictSQSLimits$.MODULE$, listener)));
      if (listener.isDefined()) {
        restore(listener.get(), FifoRestore.before(queues, actors));
      }
      SQSRestServer server = listen(taken, actors, queues, listener);
      return new EmbeddedSqs(taken, actors, server, storage);
    } catch (RuntimeException e) {
      end(actors);
      throw e;
    }
  }

  private static Config configuration() {
    // Its own configuration asks for debug messages and ends the actors itself at the end of the
    // process. The last two make a message a fifth cheaper: a thread a processor, and headers that
    // nobody asks for left as text.
    return ConfigFactory.parseMap(
            Map.of(
                "pekko.loglevel", "ERROR",
                "pekko.stdout-loglevel", "ERROR",
                "pekko.daemonic", "on",
                "pekko.log-dead-letters", "off",
                "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off",
                "pekko.scheduler.implementation", NeverAtOnce.class.getName(),
                "pekko.http.server.parsing.illegal-header-warnings", "off",
                "pekko.http.server.parsing.modeled-header-parsing", "off",
                "pekko.actor.default-dispatcher.fork-join-executor.parallelism-min", 2))
        .withFallback(ConfigFactory.load(EmbeddedSqs.class.getClassLoader()));
  }

  private static void restore(ActorRef storage, ActorRef queues) {
    try {
      Object outcome =
          Patterns.ask(storage, new QueueEvent.Restore(queues), PATIENCE)
              .toCompletableFuture()
              .get(PATIENCE.toSeconds() + 1, TimeUnit.SECONDS);
      if (outcome instanceof Either<?, ?> either && either.isLeft()) {
        throw new StoreException("the kept queues cannot be restored: " + either);
      }
    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
      throw new StoreException("the kept queues cannot be restored: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while the kept queues were restored", e);
    }
  }

  private static SQSRestServer listen(
      int port, ActorSystem actors, ActorRef queues, Option<ActorRef> listener) {
    SQSRestServer server =
        new TheSQSRestServerBuilder(
                new Some<>(actors),
                new Some<>(queues),
                "127.0.0.1",
                port,
                new NodeAddress("http", "127.0.0.1", port, ""),
                false,
                StrictSQSLimits$.MODULE$,
                LocalAws.REGION,
                LocalAws.ACCOUNT,
                listener,
                AutoCreateQueuesConfig.disabled())
            .start();
    var _ = server.waitUntilStarted();
    return server;
  }

  /// Where its clients connect to.
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// The URL of a queue of this server, whether it is there or not.
  public String queueUrl(String name) {
    return endpoint() + "/" + LocalAws.ACCOUNT + "/" + name;
  }

  /// Ends it. Receivers that wait for messages are cut off.
  @Override
  public void close() {
    try {
      var _ = server.startFuture().value();
      end(actors);
    } finally {
      if (storage != null) {
        storage.close();
      }
    }
  }

  private static void end(ActorSystem actors) {
    actors.terminate();
    try {
      actors.getWhenTerminated().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
      throw new StoreException("SQS does not stop: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
