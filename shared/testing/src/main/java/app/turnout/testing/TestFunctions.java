package app.turnout.testing;

import java.util.HashMap;
import java.util.Map;

/// What a function is started with in tests: as the template and the runner would have it, with
/// time that stands still ([SettableTime]).
public final class TestFunctions {
  /// Where people reach the product.
  public static final String PUBLIC_URL = "https://turnout.example";

  private TestFunctions() {}

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

  /// What AWS clients need to speak with [#queueUrl(String)]'s SQS and an empty DynamoDB, one of
  /// each a JVM: embedded and in memory, or LocalStack's; and the queue that wakes the relay.
  public static Map<String, Object> aws() {
    return Map.of(
        "aws.region",
        TestAws.region(),
        "aws.access-key-id",
        TestAws.accessKey(),
        "aws.secret-access-key",
        "local",
        "aws.services.sqs.endpoint-override",
        TestAws.sqs().toString(),
        "turnout.queues.outbox",
        queueUrl("outbox"),
        "aws.services.dynamodb.endpoint-override",
        TestAws.dynamoDb().toString());
  }

  /// The address of a queue, whether it was made already or not.
  public static String queueUrl(String name) {
    return TestAws.sqs() + "/" + TestAws.account() + "/" + name;
  }
}
