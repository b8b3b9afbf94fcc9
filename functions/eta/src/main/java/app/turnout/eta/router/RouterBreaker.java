package app.turnout.eta.router;

import app.turnout.domain.TravelMode;
import app.turnout.platform.json.WireName;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/// Whether a router is worth asking, as all execution environments found, in DynamoDB by product
/// time. After three failures in a row, each within a minute of the one before, nobody asks for
/// half a minute; then one does, and the others wait for what comes of it. Each further failure
/// doubles the pause, up to five minutes; one success ends it.
///
/// When DynamoDB fails or takes more than half a second, the router is asked: its own timeout
/// bounds what that costs.
@Singleton
@Requires(property = "turnout.tables.router-breakers")
final class RouterBreaker {
  private static final Logger LOG = LoggerFactory.getLogger(RouterBreaker.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final int FAILURES = 3;
  private static final Duration SHORTEST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

  /// What one that asks while others wait has for it.
  private static final Duration PROBE = Duration.ofSeconds(10);

  private final BeanProvider<DynamoDbClient> dynamoDb;
  private final String table;

  RouterBreaker(
      BeanProvider<DynamoDbClient> dynamoDb,
      @Value("${turnout.tables.router-breakers}") String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /// Whether to ask now.
  sealed interface Verdict {
    /// Yes.
    ///
    /// @param afterFailures whether the last one who asked had no answer
    record Ask(boolean afterFailures) implements Verdict {}

    /// Not before then.
    record Wait(Instant until) implements Verdict {}
  }

  Verdict verdict(TravelMode mode, Instant now) {
    try {
      Map<String, AttributeValue> item =
          dynamoDb
              .get()
              .getItem(
                  request ->
                      request
                          .tableName(table)
                          .key(key(mode))
                          .consistentRead(true)
                          .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE)))
              .item();
      Optional<Instant> openUntil = time(item, "open_until");
      if (openUntil.isEmpty()) {
        return new Verdict.Ask(item.containsKey("failures"));
      }
      if (openUntil.get().isAfter(now)) {
        return new Verdict.Wait(openUntil.get());
      }
      return probes(mode, openUntil.get(), now)
          ? new Verdict.Ask(true)
          : new Verdict.Wait(now.plus(PROBE));
    } catch (SdkException e) {
      LOG.warn("The breaker of the router for {} is not known", WireName.of(mode), e);
      return new Verdict.Ask(true);
    }
  }

  void succeeded(TravelMode mode) {
    try {
      dynamoDb
          .get()
          .deleteItem(
              request ->
                  request
                      .tableName(table)
                      .key(key(mode))
                      .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE)));
    } catch (SdkException e) {
      LOG.warn("The breaker of the router for {} stays as it was", WireName.of(mode), e);
    }
  }

  /// Answers when to ask again.
  Instant failed(TravelMode mode, Instant now) {
    try {
      int failures = count(mode, now);
      if (failures < FAILURES) {
        return now;
      }
      Instant until = now.plus(pause(failures));
      update(
          mode,
          "set open_until = :until, expires_at = :expires",
          "attribute_exists(pk)",
          Map.of(
              ":until", number(until.toEpochMilli()),
              ":expires", number(until.plus(LONGEST).getEpochSecond())));
      LOG.warn(
          "The router for {} failed {} times: not asked before {}",
          WireName.of(mode),
          failures,
          until);
      return until;
    } catch (SdkException e) {
      LOG.warn("The breaker of the router for {} did not count", WireName.of(mode), e);
      return now;
    }
  }

  private static Duration pause(int failures) {
    Duration pause = SHORTEST.multipliedBy(1L << Math.min(failures - FAILURES, 10));
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }

  /// Failures long before do not count.
  private int count(TravelMode mode, Instant now) {
    Map<String, AttributeValue> values =
        Map.of(
            ":one", number(1),
            ":now", number(now.toEpochMilli()),
            ":since", number(now.minus(FORGOTTEN_AFTER).toEpochMilli()),
            ":expires", number(now.plus(LONGEST).getEpochSecond()));
    try {
      return Integer.parseInt(
          dynamoDb
              .get()
              .updateItem(
                  request ->
                      request
                          .tableName(table)
                          .key(key(mode))
                          .updateExpression(
                              "set failed_at = :now, expires_at = :expires add failures :one")
                          .conditionExpression(
                              "attribute_not_exists(pk) or attribute_exists(open_until)"
                                  + " or failed_at >= :since")
                          .expressionAttributeValues(values)
                          .returnValues(ReturnValue.UPDATED_NEW)
                          .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE)))
              .attributes()
              .getOrDefault("failures", number(1))
              .n());
    } catch (ConditionalCheckFailedException e) {
      update(
          mode,
          "set failures = :one, failed_at = :now, expires_at = :expires",
          "failed_at < :since",
          values);
      return 1;
    }
  }

  /// Whether this one asks while others wait.
  private boolean probes(TravelMode mode, Instant seen, Instant now) {
    return update(
        mode,
        "set open_until = :until",
        "open_until = :seen",
        Map.of(
            ":seen", number(seen.toEpochMilli()),
            ":until", number(now.plus(PROBE).toEpochMilli())));
  }

  /// Whether the condition held.
  private boolean update(
      TravelMode mode, String update, String condition, Map<String, AttributeValue> values) {
    try {
      dynamoDb
          .get()
          .updateItem(
              request ->
                  request
                      .tableName(table)
                      .key(key(mode))
                      .updateExpression(update)
                      .conditionExpression(condition)
                      .expressionAttributeValues(values)
                      .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE)));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  private static Map<String, AttributeValue> key(TravelMode mode) {
    return Map.of("pk", AttributeValue.fromS("router#" + WireName.of(mode)));
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static Optional<Instant> time(Map<String, AttributeValue> item, String field) {
    AttributeValue value = item.get(field);
    return value == null || value.n() == null
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(Long.parseLong(value.n())));
  }
}
