package app.turnout.container;

import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// LocalStack in a container that ends with this JVM, or is used by the next one too where
/// Testcontainers is told to reuse containers (`TESTCONTAINERS_REUSE_ENABLE=true`).
///
/// Who asks with another access key sees another account, and nothing of anybody else's.
public final class LocalStack {
  /// The last release that runs without an account there.
  private static final DockerImageName IMAGE =
      DockerImageName.parse("localstack/localstack:4.14.0");

  private static final String PROPERTY = "turnout.testing.aws";

  private LocalStack() {}

  private static final class Container {
    static final URI ENDPOINT = start();

    private static URI start() {
      LocalStackContainer container =
          new LocalStackContainer(IMAGE)
              .withServices("sqs", "dynamodb", "secretsmanager", "ses", "events", "scheduler")
              .withLabel("app.turnout", "tests")
              .withReuse(true);
      container.start();
      return container.getEndpoint();
    }
  }

  private static final class Account {
    static final String OF_THIS_JVM =
        Long.toString(ThreadLocalRandom.current().nextLong(100_000_000_000L, 1_000_000_000_000L));
  }

  private static final class Engine {
    static final boolean ANSWERS = DockerClientFactory.instance().isDockerAvailable();
  }

  /// Whether this JVM's tests run there, not on the embedded stores: that is wanted, and a Docker
  /// engine answers.
  public static boolean isAsked() {
    return isWanted() && Engine.ANSWERS;
  }

  static boolean isWanted() {
    return "localstack".equals(System.getProperty(PROPERTY));
  }

  /// Where all of its services are. The container is started at the first call.
  public static URI endpoint() {
    return Container.ENDPOINT;
  }

  /// An access key that is also the number of an account which only this JVM has.
  public static String account() {
    return Account.OF_THIS_JVM;
  }
}
