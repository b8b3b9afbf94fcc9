package app.turnout.operations;

import app.turnout.platform.persistence.Database;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// The parts that this function was told of.
@Factory
final class Parts {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /// PostgreSQL, by the role that requests have.
  @Singleton
  Part database(Database database) {
    return part(
        "database",
        () ->
            database.inTransaction(
                () -> database.handle().createQuery("select 1").mapTo(Integer.class).one()));
  }

  @Singleton
  @Requires(property = "turnout.queues.pings")
  Part pingsQueue(SqsClient sqs, @Value("${turnout.queues.pings}") String url) {
    return queue("pings_queue", sqs, url);
  }

  @Singleton
  @Requires(property = "turnout.queues.outbox")
  Part outboxQueue(SqsClient sqs, @Value("${turnout.queues.outbox}") String url) {
    return queue("outbox_queue", sqs, url);
  }

  @Singleton
  @Requires(property = "turnout.tables.rate-limits")
  Part rateLimitsTable(
      DynamoDbClient dynamoDb, @Value("${turnout.tables.rate-limits}") String table) {
    return part(
        "rate_limits_table",
        () ->
            dynamoDb.describeTable(
                request ->
                    request
                        .tableName(table)
                        .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE))));
  }

  private static Part queue(String name, SqsClient sqs, String url) {
    return part(
        name,
        () ->
            sqs.getQueueAttributes(
                request ->
                    request
                        .queueUrl(url)
                        .attributeNames(QueueAttributeName.QUEUE_ARN)
                        .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE))));
  }

  private static Part part(String name, Runnable question) {
    return new Part() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void ask() {
        question.run();
      }
    };
  }
}
