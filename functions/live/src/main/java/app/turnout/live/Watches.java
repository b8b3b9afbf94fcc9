package app.turnout.live;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.platform.time.RealTime;
import app.turnout.platform.tokens.DerivedTokens;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/// Tickets and connections in DynamoDB, by real time: they live as long as sockets do, whatever
/// product time is. Each method throws SdkException when DynamoDB does not answer in time: in less
/// than a function has, which may then say what is left to do.
///
/// One table: tickets (`ticket#…`, by hash), connections (`connection#…`), and under each date that
/// is watched (`occurrence#…`) its connections once more and what they were told last, so that a
/// date's watchers are one query in one place, read consistently: who has subscribed is told of
/// whatever comes after. Items expire; DynamoDB removes them in its own time, so expiry is checked.
@Singleton
public class Watches {
  /// How long a ticket opens a connection.
  public static final Duration TICKET = Duration.ofSeconds(30);

  /// API Gateway ends a connection after two hours.
  private static final Duration CONNECTION = Duration.ofMinutes(125);

  /// Where DynamoDB throttles, the client itself would try for most of a minute.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String STATE = "state";
  private static final String SENT_AT = "sent_at";
  private static final String REFRESH_DUE_AT = "refresh_due_at";

  private final BeanProvider<DynamoDbClient> dynamoDb;
  private final RealTime time;
  private final String table;

  Watches(
      BeanProvider<DynamoDbClient> dynamoDb,
      RealTime time,
      @Value("${turnout.tables.connections}") String table) {
    this.dynamoDb = dynamoDb;
    this.time = time;
    this.table = table;
  }

  /// Keeps a ticket's hash, with what the ticket opens.
  ///
  /// @return when it ends
  public Instant keepTicket(String ticket, Watch watch) {
    Instant end = time.now().plus(TICKET);
    put(ticketKey(ticket), "ticket", watch, end);
    return end;
  }

  /// Takes a ticket, for good; empty when it was taken before, has expired, or never was one.
  public Optional<Watch> takeTicket(String ticket) {
    try {
      Map<String, AttributeValue> item =
          dynamoDb
              .get()
              .deleteItem(
                  request ->
                      request
                          .tableName(table)
                          .key(key(ticketKey(ticket), "ticket"))
                          .conditionExpression("attribute_exists(pk)")
                          .returnValues(ReturnValue.ALL_OLD)
                          .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE)))
              .attributes();
      return Optional.of(item).filter(this::isAlive).map(Watches::watch);
    } catch (ConditionalCheckFailedException e) {
      return Optional.empty();
    }
  }

  /// A socket was opened; it is told nothing before it subscribes.
  public void connected(Connection connection) {
    put(connectionKey(connection.id()), "connection", connection.watch(), end());
  }

  /// From now on the connection is told what happens at its date.
  public void subscribe(Connection connection) {
    put(
        occurrenceKey(connection.watch().occurrence()),
        connectionKey(connection.id()),
        connection.watch(),
        end());
  }

  /// Empty when it is closed, or was never let in.
  public Optional<Connection> find(String connection) {
    Map<String, AttributeValue> item =
        dynamoDb
            .get()
            .getItem(
                request ->
                    request
                        .tableName(table)
                        .key(key(connectionKey(connection), "connection"))
                        .consistentRead(true)
                        .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE)))
            .item();
    return item == null || item.isEmpty() || !isAlive(item)
        ? Optional.empty()
        : Optional.of(new Connection(connection, watch(item)));
  }

  /// The connection is closed. Safe to do twice.
  public void forget(Connection connection) {
    delete(occurrenceKey(connection.watch().occurrence()), connectionKey(connection.id()));
    delete(connectionKey(connection.id()), "connection");
  }

  /// Those who subscribed to a date.
  public Watched find(OccurrenceId occurrence) {
    List<Connection> connections = new ArrayList<>();
    Instant sentAt = Instant.EPOCH;
    Instant refreshDueAt = Instant.EPOCH;
    var pages =
        dynamoDb
            .get()
            .queryPaginator(
                request ->
                    request
                        .tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", text(occurrenceKey(occurrence))))
                        .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE)));
    for (Map<String, AttributeValue> item : pages.items()) {
      String sort = required(item, "sk");
      if (sort.equals(STATE)) {
        sentAt = instant(item, SENT_AT);
        refreshDueAt = instant(item, REFRESH_DUE_AT);
      } else if (isAlive(item)) {
        connections.add(new Connection(sort.substring(connectionKey("").length()), watch(item)));
      }
    }
    return new Watched(connections, sentAt, refreshDueAt);
  }

  /// Positions were sent to those who watch a date.
  public void positionsSent(OccurrenceId occurrence, Instant at) {
    setState(occurrence, SENT_AT, at);
  }

  /// An `eta-refresh` of a date is on its way.
  public void refreshRequested(OccurrenceId occurrence, Instant dueAt) {
    setState(occurrence, REFRESH_DUE_AT, dueAt);
  }

  private void setState(OccurrenceId occurrence, String attribute, Instant at) {
    dynamoDb
        .get()
        .updateItem(
            request ->
                request
                    .tableName(table)
                    .key(key(occurrenceKey(occurrence), STATE))
                    .updateExpression("set #attribute = :at, expires_at = :end")
                    .expressionAttributeNames(Map.of("#attribute", attribute))
                    .expressionAttributeValues(
                        Map.of(":at", number(at.toEpochMilli()), ":end", seconds(end())))
                    .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE)));
  }

  private Instant end() {
    return time.now().plus(CONNECTION);
  }

  private void put(String partition, String sort, Watch watch, Instant end) {
    Map<String, AttributeValue> item = new HashMap<>(key(partition, sort));
    item.put("organization", text(watch.organization().toString()));
    item.put("event", text(watch.event().toString()));
    item.put("occurrence", text(watch.occurrence().toString()));
    item.put("watcher_kind", text(watch.watcher().kind().stored()));
    item.put("watcher", text(watch.watcher().id().toString()));
    UUID session = watch.watcher().session();
    if (session != null) {
      item.put("session", text(session.toString()));
    }
    item.put("ends_at", number(end.toEpochMilli()));
    item.put("expires_at", seconds(end));
    dynamoDb
        .get()
        .putItem(
            request ->
                request
                    .tableName(table)
                    .item(item)
                    .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE)));
  }

  private void delete(String partition, String sort) {
    dynamoDb
        .get()
        .deleteItem(
            request ->
                request
                    .tableName(table)
                    .key(key(partition, sort))
                    .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE)));
  }

  private boolean isAlive(Map<String, AttributeValue> item) {
    return time.now().isBefore(instant(item, "ends_at"));
  }

  private static Watch watch(Map<String, AttributeValue> item) {
    return new Watch(
        new OrganizationId(id(item, "organization")),
        new EventId(id(item, "event")),
        new OccurrenceId(id(item, "occurrence")),
        new Watcher(
            Watcher.Kind.ofStored(required(item, "watcher_kind")),
            id(item, "watcher"),
            item.containsKey("session") ? id(item, "session") : null));
  }

  private static UUID id(Map<String, AttributeValue> item, String name) {
    return UUID.fromString(required(item, name));
  }

  private static String required(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      throw new IllegalStateException("An item has no " + name);
    }
    return value.s();
  }

  private static Instant instant(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null ? Instant.EPOCH : Instant.ofEpochMilli(Long.parseLong(value.n()));
  }

  private static Map<String, AttributeValue> key(String partition, String sort) {
    return Map.of("pk", text(partition), "sk", text(sort));
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  private static AttributeValue seconds(Instant instant) {
    return number(instant.getEpochSecond());
  }

  private static String ticketKey(String ticket) {
    return "ticket#"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(DerivedTokens.hash(ticket));
  }

  private static String connectionKey(String connection) {
    return "connection#" + connection;
  }

  private static String occurrenceKey(OccurrenceId occurrence) {
    return "occurrence#" + occurrence;
  }
}
