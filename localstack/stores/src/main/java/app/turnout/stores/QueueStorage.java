package app.turnout.stores;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.Props;
import org.elasticmq.persistence.CreateQueueMetadata;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import scala.collection.immutable.List;
import scala.collection.immutable.List$;
import scalikejdbc.ConnectionPool$;

/// ElasticMQ's database of queues and messages: H2 in a directory.
final class QueueStorage implements AutoCloseable {
  /// ElasticMQ and ScalikeJDBC keep one connection pool for the whole process.
  private static final AtomicBoolean IN_USE = new AtomicBoolean();

  private final DirectoryLock lock;
  private final SqlQueuePersistenceConfig configuration;

  private QueueStorage(DirectoryLock lock, Path directory) {
    this.lock = lock;
    // No write delay: what a sender was told is kept must survive the end of this process, however
    // it comes.
    String url = "jdbc:h2:file:" + directory.toAbsolutePath().resolve("queues") + ";WRITE_DELAY=0";
    this.configuration = new SqlQueuePersistenceConfig(true, "org.h2.Driver", url, "", "", false);
  }

  static QueueStorage open(Path directory) {
    DirectoryLock lock = DirectoryLock.hold(directory);
    if (!IN_USE.compareAndSet(false, true)) {
      lock.close();
      throw new StoreException("this process keeps queues in another directory already");
    }
    QueueStorage storage = new QueueStorage(lock, directory);
    try {
      storage.connect();
      return storage;
    } catch (RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  /// ElasticMQ connects the pool once a process, to the first database; later ones are ours to
  /// connect.
  private void connect() {
    ConnectionPool$ pools = ConnectionPool$.MODULE$;
    String url = configuration.uri();
    pools.singleton(
        url, "", "", pools.singleton$default$4(), pools.singleton$default$5(url, "", "", null));
  }

  Props props() {
    List<CreateQueueMetadata> none = List$.MODULE$.empty();
    return Props.create(
        SqlQueuePersistenceActor.class, () -> new SqlQueuePersistenceActor(configuration, none));
  }

  @Override
  public void close() {
    try {
      ConnectionPool$.MODULE$.closeAll();
    } finally {
      IN_USE.set(false);
      lock.close();
    }
  }
}
