package app.turnout.stores;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.net.URI;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// DynamoDB on the loopback interface: DynamoDB Local, whose tables are kept in a directory or in
/// memory. Any credentials and any region see the same tables; nothing expires by itself unless a
/// table is told to.
public final class EmbeddedDynamoDb implements AutoCloseable {
  /// Held, since the logging library forgets the levels of loggers that nobody holds.
  private static final Logger SQLITE_LOGGER = Logger.getLogger("com.almworks.sqlite4java");

  private final int port;
  private final Server server;
  private final LocalDynamoDBServerHandler handler;
  private final @Nullable DirectoryLock lock;

  private EmbeddedDynamoDb(int port, @Nullable Path directory, @Nullable DirectoryLock lock) {
    this.port = port;
    this.lock = lock;
    this.handler = new LocalDynamoDBServerHandler(requests(directory), null);
    QueuedThreadPool threads = new QueuedThreadPool(32, 2);
    threads.setName("dynamodb");
    threads.setDaemon(true);
    this.server = new Server(threads);
    // Its own server would listen on every interface.
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(handler);
  }

  private static LocalDynamoDBRequestHandler requests(@Nullable Path directory) {
    NativeLibraries.provide();
    SQLITE_LOGGER.setLevel(Level.WARNING);
    String path = directory == null ? null : directory.toString();
    return new LocalDynamoDBRequestHandler(0, directory == null, path, true, false);
  }

  /// Starts it with the tables that a directory keeps.
  ///
  /// @param port 0 for any free one
  /// @throws StoreException when the directory or the port is in use
  public static EmbeddedDynamoDb start(Path directory, int port) {
    return start(directory, DirectoryLock.hold(directory), port);
  }

  /// Starts it without a table, forgetting all when it is closed.
  public static EmbeddedDynamoDb inMemory() {
    return start(null, null, 0);
  }

  private static EmbeddedDynamoDb start(
      @Nullable Path directory, @Nullable DirectoryLock lock, int port) {
    try {
      EmbeddedDynamoDb store = new EmbeddedDynamoDb(Ports.take(port, "DynamoDB"), directory, lock);
      store.server.start();
      return store;
    } catch (Exception e) {
      if (lock != null) {
        lock.close();
      }
      if (e instanceof StoreException failure) {
        throw failure;
      }
      throw new StoreException("DynamoDB did not start: " + e.getMessage(), e);
    }
  }

  /// Where its clients connect to.
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    try {
      server.stop();
      handler.close();
    } catch (Exception e) {
      throw new StoreException("DynamoDB does not stop: " + e.getMessage(), e);
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }
}
