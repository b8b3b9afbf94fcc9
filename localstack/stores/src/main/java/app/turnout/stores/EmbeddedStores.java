package app.turnout.stores;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The three stores together, started side by side.
public final class EmbeddedStores implements AutoCloseable {
  private final EmbeddedPostgres postgres;
  private final EmbeddedSqs sqs;
  private final EmbeddedDynamoDb dynamoDb;

  private EmbeddedStores(EmbeddedPostgres postgres, EmbeddedSqs sqs, EmbeddedDynamoDb dynamoDb) {
    this.postgres = postgres;
    this.sqs = sqs;
    this.dynamoDb = dynamoDb;
  }

  /// Starts them with what a directory keeps.
  ///
  /// @throws StoreException when one of them does not start; the others are stopped then
  public static EmbeddedStores start(Path directory, StorePorts ports) {
    return start(
        () -> EmbeddedPostgres.start(directory.resolve("postgres"), ports.postgres()),
        () -> EmbeddedSqs.start(directory.resolve("sqs"), ports.sqs()),
        () -> EmbeddedDynamoDb.start(directory.resolve("dynamodb"), ports.dynamoDb()));
  }

  /// Starts them empty on free ports; closing them forgets all.
  public static EmbeddedStores fresh() {
    return start(EmbeddedPostgres::fresh, EmbeddedSqs::inMemory, EmbeddedDynamoDb::inMemory);
  }

  private static EmbeddedStores start(
      Callable<EmbeddedPostgres> postgres,
      Callable<EmbeddedSqs> sqs,
      Callable<EmbeddedDynamoDb> dynamoDb) {
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      Future<EmbeddedPostgres> first = threads.submit(postgres);
      Future<EmbeddedSqs> second = threads.submit(sqs);
      Future<EmbeddedDynamoDb> third = threads.submit(dynamoDb);
      threads.shutdown();
      try {
        return new EmbeddedStores(outcome(first), outcome(second), outcome(third));
      } catch (RuntimeException e) {
        closeAll(List.of(first, second, third));
        throw e;
      }
    }
  }

  private static <T> T outcome(Future<T> store) {
    try {
      return store.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure) {
        throw failure;
      }
      throw new StoreException("a store did not start: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while the stores started", e);
    }
  }

  private static void closeAll(List<? extends Future<? extends AutoCloseable>> started) {
    for (Future<? extends AutoCloseable> store : started) {
      try {
        store.get().close();
      } catch (Exception _) {
        // It did not start, or does not stop: the first failure is the one to tell.
      }
    }
  }

  /// The relational store.
  public EmbeddedPostgres postgres() {
    return postgres;
  }

  /// The queues.
  public EmbeddedSqs sqs() {
    return sqs;
  }

  /// The tables.
  public EmbeddedDynamoDb dynamoDb() {
    return dynamoDb;
  }

  /// Stops all three, also when one of them does not stop.
  @Override
  public void close() {
    List<AutoCloseable> stores = new ArrayList<>(List.of(dynamoDb, sqs, postgres));
    @Nullable RuntimeException failure = null;
    for (AutoCloseable store : stores) {
      try {
        store.close();
      } catch (Exception e) {
        failure = e instanceof RuntimeException known ? known : new StoreException("" + e, e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
