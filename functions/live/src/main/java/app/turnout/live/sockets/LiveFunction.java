package app.turnout.live.sockets;

import app.turnout.live.LiveMessage;
import app.turnout.platform.lambda.LambdaFunction;
import app.turnout.platform.problem.Problem;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The function `live`, behind API Gateway's WebSocket API. The answer to `$connect` decides the
/// handshake by its status; what is answered to a message is sent to the client. Whatever a client
/// sends, there is an answer.
public final class LiveFunction extends LambdaFunction
    implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(LiveFunction.class);

  private final KeepConnection keepConnection;
  private final AnswerMessage answerMessage;
  private final JsonMapper json;

  /// Started by Lambda.
  public LiveFunction() {
    this(Map.of());
  }

  LiveFunction(Map<String, Object> properties) {
    super(properties);
    this.keepConnection = context.getBean(KeepConnection.class);
    this.answerMessage = context.getBean(AnswerMessage.class);
    this.json = context.getBean(JsonMapper.class);
  }

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(
      APIGatewayV2WebSocketEvent event, @Nullable Context lambda) {
    return call(lambda, () -> answer(event));
  }

  private APIGatewayV2WebSocketResponse answer(APIGatewayV2WebSocketEvent event) {
    String connection = Objects.requireNonNull(event.getRequestContext().getConnectionId());
    return switch (String.valueOf(event.getRequestContext().getRouteKey())) {
      case "$connect" -> response(open(event, connection) ? 200 : 401, null);
      case "$disconnect" -> {
        keepConnection.close(connection);
        yield response(200, null);
      }
      default -> message(event, connection);
    };
  }

  private boolean open(APIGatewayV2WebSocketEvent event, String connection) {
    Map<String, String> query = event.getQueryStringParameters();
    String ticket = query == null ? null : query.get("ticket");
    return ticket != null && keepConnection.open(connection, ticket);
  }

  private APIGatewayV2WebSocketResponse message(
      APIGatewayV2WebSocketEvent event, String connection) {
    LiveMessage answer;
    try {
      answer = answerMessage.answer(connection, event.isIsBase64Encoded() ? "" : event.getBody());
    } catch (ProblemException e) {
      answer = failed(e, event);
    } catch (RuntimeException e) {
      LOG.error("A message was not answered", e);
      answer = failed(internal(), event);
    }
    try {
      return response(200, json.writeValueAsString(answer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemException internal() {
    return new ProblemException(ProblemType.INTERNAL_ERROR, ProblemType.INTERNAL_ERROR.title());
  }

  private static LiveMessage failed(ProblemException cause, APIGatewayV2WebSocketEvent event) {
    String request = event.getRequestContext().getRequestId();
    return LiveMessage.Failed.of(Problem.of(cause, request == null ? "unknown" : request));
  }

  private static APIGatewayV2WebSocketResponse response(int status, @Nullable String body) {
    APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
    response.setStatusCode(status);
    response.setBody(body);
    return response;
  }
}
