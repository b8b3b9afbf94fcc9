package app.turnout.live;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.live.push.LivePushFunction;
import app.turnout.live.push.StartedPush;
import app.turnout.live.sockets.LiveFunction;
import app.turnout.live.sockets.StartedSockets;
import app.turnout.live.tickets.LiveTicketsFunction;
import app.turnout.live.tickets.StartedTickets;
import app.turnout.platform.live.LiveChange;
import app.turnout.platform.live.LivePosition;
import app.turnout.platform.live.LiveUpdate;
import app.turnout.testing.ApiClient;
import app.turnout.testing.OpenApiDocument;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// The three functions of `live` on real stores, and a gateway that keeps what was sent.
public final class LiveHarness implements BeforeAllCallback, AfterAllCallback {
  /// Product time; far from [SettableRealTime].
  public static final Instant NOW = SettableTime.START;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestDatabase database = new TestDatabase();
  private final String name = "live-" + UUID.randomUUID();
  private final AtomicInteger connections = new AtomicInteger();
  private @Nullable FakeGateway gateway;
  private @Nullable Functions functions;

  private record Functions(
      LiveTicketsFunction tickets, LiveFunction sockets, LivePushFunction push, ApiClient api) {}

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    database.beforeAll(context);
    gateway = new FakeGateway();
    LiveTicketsFunction tickets = StartedTickets.with(properties("live-tickets", TestDatabase.APP));
    functions =
        new Functions(
            tickets,
            StartedSockets.with(properties("live", TestDatabase.APP)),
            StartedPush.with(properties("live-push", TestDatabase.JOBS)),
            new ApiClient(tickets, OpenApiResponses.of(OpenApiDocument.ofArea("live"))));
    createStores(tickets.context().getBean(DynamoDbClient.class));
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    functions().tickets().close();
    functions().sockets().close();
    functions().push().close();
    gateway().close();
    database.afterAll(context);
  }

  /// What a function is started with.
  public Map<String, Object> properties(String function, String role) {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties(function, database, role));
    properties.putAll(TestFunctions.aws());
    properties.put("turnout.tables.connections", name);
    properties.put("turnout.queues.eta-refresh", TestFunctions.queueUrl(name));
    properties.put("turnout.live.url", "wss://live.example/live");
    properties.put("turnout.live.endpoint", gateway().endpoint());
    return properties;
  }

  private void createStores(DynamoDbClient dynamoDb) {
    dynamoDb.createTable(
        request ->
            request
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("pk"), attribute("sk"))
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE)));
    sqs().createQueue(request -> request.queueName(name));
  }

  private static AttributeDefinition attribute(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  public TestTenant tenant() {
    return new TestTenant(database.owner());
  }

  public FakeGateway gateway() {
    return Objects.requireNonNull(gateway);
  }

  private Functions functions() {
    return Objects.requireNonNull(functions);
  }

  public ApiClient api() {
    return functions().api();
  }

  private SqsClient sqs() {
    return functions().tickets().context().getBean(SqsClient.class);
  }

  /// How many messages ask for arrival times, those to come later too.
  public int refreshes() {
    return sqs()
        .getQueueAttributes(
            request ->
                request
                    .queueUrl(TestFunctions.queueUrl(name))
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  public ApiClient.Answer ticket(String token, UUID event) {
    return api()
        .post("/api/v1/live/tickets")
        .bearer(token)
        .json("{\"event_id\":\"%s\"}".formatted(event))
        .send();
  }

  public ApiClient.Answer snapshot(String token, UUID event) {
    return api().get("/api/v1/live/events/" + event).bearer(token).send();
  }

  /// Opens a socket.
  ///
  /// @return the status of the handshake
  public int connect(String connection, Map<String, String> query) {
    APIGatewayV2WebSocketEvent event = event("$connect", connection);
    event.setQueryStringParameters(query.isEmpty() ? null : query);
    return functions().sockets().handleRequest(event, null).getStatusCode();
  }

  public int connect(String connection, String ticket) {
    return connect(connection, Map.of("ticket", ticket));
  }

  public void disconnect(String connection) {
    assertThat(
            functions()
                .sockets()
                .handleRequest(event("$disconnect", connection), null)
                .getStatusCode())
        .isEqualTo(200);
  }

  /// Sends a message.
  ///
  /// @return what the client is told
  public JsonNode say(String connection, String text) {
    APIGatewayV2WebSocketEvent event = event("$default", connection);
    event.setBody(text);
    APIGatewayV2WebSocketResponse response = functions().sockets().handleRequest(event, null);
    assertThat(response.getStatusCode()).isEqualTo(200);
    try {
      return JSON.readTree(response.getBody());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public JsonNode subscribe(String connection, UUID event) {
    return say(
        connection,
        "{\"action\":\"subscribe\",\"event_id\":\"%s\",\"occurrence_id\":null}".formatted(event));
  }

  /// A socket that has subscribed.
  public String watching(String token, UUID event) {
    String connection = "c" + connections.incrementAndGet() + "=";
    assertThat(connect(connection, ticket(token, event).json().path("ticket").asText()))
        .isEqualTo(200);
    assertThat(subscribe(connection, event).path("type").asText()).isEqualTo("event_update");
    return connection;
  }

  private static APIGatewayV2WebSocketEvent event(String route, String connection) {
    APIGatewayV2WebSocketEvent event = new APIGatewayV2WebSocketEvent();
    APIGatewayV2WebSocketEvent.RequestContext context =
        new APIGatewayV2WebSocketEvent.RequestContext();
    context.setRouteKey(route);
    context.setConnectionId(connection);
    context.setRequestId("request");
    event.setRequestContext(context);
    return event;
  }

  /// Gives updates to `live-push`, as one batch.
  ///
  /// @return the places of those that failed
  public List<Integer> push(LiveUpdate... updates) {
    return push(
        pushFunction(), Arrays.stream(updates).map(LiveUpdate::toJson).toArray(String[]::new));
  }

  public LivePushFunction pushFunction() {
    return functions().push();
  }

  public static List<Integer> push(LivePushFunction function, String... bodies) {
    List<SQSEvent.SQSMessage> messages = new ArrayList<>();
    for (String body : bodies) {
      SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
      message.setMessageId(Integer.toString(messages.size()));
      message.setBody(body);
      messages.add(message);
    }
    SQSEvent batch = new SQSEvent();
    batch.setRecords(messages);
    return function.handleRequest(batch, null).getBatchItemFailures().stream()
        .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
        .map(Integer::valueOf)
        .toList();
  }

  public static LiveUpdate positions(TestTenant tenant, UUID event, LivePosition... positions) {
    return new LiveUpdate.Positions(
        new OrganizationId(tenant.id()), new OccurrenceId(event), List.of(positions));
  }

  public static LivePosition at(UUID participant, double latitude, Instant recordedAt) {
    return new LivePosition(
        new ParticipantId(participant), new GeoPoint(latitude, -8), 8.0, null, 1.5, recordedAt);
  }

  public static LiveUpdate changes(TestTenant tenant, UUID event, LiveChange... changes) {
    return new LiveUpdate.Changes(
        new OrganizationId(tenant.id()),
        new OccurrenceId(event),
        UUID.randomUUID(),
        List.of(changes));
  }
}
