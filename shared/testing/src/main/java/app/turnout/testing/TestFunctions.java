package app.turnout.testing;

import app.turnout.stores.EmbeddedDynamoDb;
import app.turnout.stores.EmbeddedSqs;
import app.turnout.stores.LocalAws;
import java.util.HashMap;
import java.util.Map;

/// What a function is started with in tests: as the template and the runner would have it, with
/// time that stands still ([SettableTime]).
public final class TestFunctions {
  /// Where people reach the product.
  public static final String PUBLIC_URL = "https://turnout.example";

  private TestFunctions() {}

  private static final class Sqs {
    static final EmbeddedSqs SERVER = EmbeddedSqs.inMemory();
  }

  private static final class DynamoDb {
    static final EmbeddedDynamoDb SERVER = EmbeddedDynamoDb.inMemory();
  }

  /// Properties of a function, with every secret that any of them has.
  ///
  /// @param function as in TURNOUT_FUNCTION
  /// @param role [TestDatabase#APP] or [TestDatabase#JOBS]
  public static Map<String, Object> properties(
      String function, TestDatabase database, String role) {
    Map<String, Object> properties = new HashMap<>(database.properties(role));
    properties.put("turnout.function", function);
    properties.put("turnout.public-url", PUBLIC_URL);
    properties.put("turnout.testing.time", "settable");
    for (String secret :
        new String[] {
          "access-token-seed",
          "refresh-token-key",
          "verification-token-key",
          "link-token-key",
          "device-token-key",
          "metrics-token",
          "invitation-token-key",
          "api-key-key",
          "oauth-attempt-key",
          "admin-setup"
        }) {
      properties.put("turnout.secrets." + secret, secret + "-of-at-least-32-characters");
    }
    return properties;
  }

  /// What AWS clients need to speak with [#queueUrl(String)]'s SQS and an empty DynamoDB, both in
  /// memory, one of each a JVM; and the queue that wakes the relay.
  public static Map<String, Object> aws() {
    return Map.of(
        "aws.region",
        LocalAws.REGION,
        "aws.access-key-id",
        "local",
        "aws.secret-access-key",
        "local",
        "aws.services.sqs.endpoint-override",
        Sqs.SERVER.endpoint().toString(),
        "turnout.queues.outbox",
        Sqs.SERVER.queueUrl("outbox"),
        "aws.services.dynamodb.endpoint-override",
        DynamoDb.SERVER.endpoint().toString());
  }

  /// The address of a queue, whether it was made already or not.
  public static String queueUrl(String name) {
    return Sqs.SERVER.queueUrl(name);
  }
}
