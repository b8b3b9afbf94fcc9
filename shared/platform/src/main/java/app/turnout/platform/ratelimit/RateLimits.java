package app.turnout.platform.ratelimit;

import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.tokens.DerivedTokens;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/// Counts in DynamoDB, by product time. Each window of each subject is an item of its own, counted
/// up by one atomic update, so that many at once are counted right and an old window is never read.
/// Subjects are stored hashed.
///
/// When DynamoDB fails or takes more than two seconds, all are let through, with a line in the log:
/// a counter that is down must not lock everybody out, and what it guards has other guards (slow
/// password hashes, unguessable tokens, reserved concurrency).
@Singleton
@Requires(property = "turnout.tables.rate-limits")
public final class RateLimits {
  private static final Logger LOG = LoggerFactory.getLogger(RateLimits.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final AttributeValue NOTHING = AttributeValue.fromN("0");

  private final BeanProvider<DynamoDbClient> dynamoDb;
  private final InstantSource time;
  private final String table;

  RateLimits(
      BeanProvider<DynamoDbClient> dynamoDb,
      InstantSource time,
      @Value("${turnout.tables.rate-limits}") String table) {
    this.dynamoDb = dynamoDb;
    this.time = time;
    this.table = table;
  }

  /// Counts one more, also when there have been too many already.
  ///
  /// @param subject who or what is limited: an address, an account
  /// @throws ProblemException `rate_limited`, with the time until the window's end, when there have
  ///   been too many
  public void count(RateLimit limit, String subject) {
    Instant now = time.instant();
    long window = now.getEpochSecond() / limit.window().toSeconds();
    if (add(limit, subject, window, 1) > limit.most()) {
      Instant end = Instant.ofEpochSecond((window + 1) * limit.window().toSeconds());
      throw ProblemException.retryLater(
          ProblemType.RATE_LIMITED,
          "At most %d in %d seconds".formatted(limit.most(), limit.window().toSeconds()),
          Duration.between(now, end));
    }
  }

  /// Counts one more. Whether that was within the limit; true when it is not known.
  public boolean allows(RateLimit limit, String subject) {
    long window = time.instant().getEpochSecond() / limit.window().toSeconds();
    return add(limit, subject, window, 1) <= limit.most();
  }

  /// Takes one back that turned out not to count.
  public void forgive(RateLimit limit, String subject) {
    add(limit, subject, time.instant().getEpochSecond() / limit.window().toSeconds(), -1);
  }

  /// The count after adding; 0 when it is not known.
  private long add(RateLimit limit, String subject, long window, int more) {
    String key = limit.name() + "#" + hash(subject) + "#" + window;
    // Kept for a window longer: clocks differ, and DynamoDB removes what has expired in its own
    // time.
    long expiresAt = (window + 2) * limit.window().toSeconds();
    try {
      return Long.parseLong(
          dynamoDb
              .get()
              .updateItem(
                  request ->
                      request
                          .tableName(table)
                          .key(Map.of("pk", AttributeValue.fromS(key)))
                          .updateExpression("add hits :more set expires_at = :expiresAt")
                          .expressionAttributeValues(
                              Map.of(
                                  ":more", AttributeValue.fromN(Integer.toString(more)),
                                  ":expiresAt", AttributeValue.fromN(Long.toString(expiresAt))))
                          .returnValues(ReturnValue.UPDATED_NEW)
                          .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE)))
              .attributes()
              .getOrDefault("hits", NOTHING)
              .n());
    } catch (SdkException e) {
      LOG.warn("{} is not limited for the moment", limit.name(), e);
      return 0;
    }
  }

  private static String hash(String subject) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(DerivedTokens.hash(subject));
  }
}
