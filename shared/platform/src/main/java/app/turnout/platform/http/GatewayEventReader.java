package app.turnout.platform.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads API Gateway's event (payload 2.0) token by token. Lambda's own reader is Jackson's object
/// mapper in a package of its own, which takes 800 classes and a good part of a cold start.
///
/// Of the event, what the functions look at is read: not what an authorizer says, there being none.
final class GatewayEventReader {
  private GatewayEventReader() {}

  /// The event, with nulls where the gateway left something out.
  ///
  /// @throws IOException when it is no JSON object
  static APIGatewayV2HTTPEvent read(JsonFactory json, InputStream input) throws IOException {
    try (JsonParser parser = json.createParser(input)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("The event is no JSON object");
      }
      APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
      for (String name = name(parser); name != null; name = name(parser)) {
        parser.nextToken();
        switch (name) {
          case "version" -> text(parser, event::setVersion);
          case "routeKey" -> text(parser, event::setRouteKey);
          case "rawPath" -> text(parser, event::setRawPath);
          case "rawQueryString" -> text(parser, event::setRawQueryString);
          case "cookies" -> texts(parser, event::setCookies);
          case "headers" -> pairs(parser, event::setHeaders);
          case "queryStringParameters" -> pairs(parser, event::setQueryStringParameters);
          case "pathParameters" -> pairs(parser, event::setPathParameters);
          case "stageVariables" -> pairs(parser, event::setStageVariables);
          case "body" -> text(parser, event::setBody);
          case "isBase64Encoded" -> event.setIsBase64Encoded(parser.getValueAsBoolean());
          case "requestContext" -> requestContext(parser, event);
          default -> parser.skipChildren();
        }
      }
      return event;
    }
  }

  private static void requestContext(JsonParser parser, APIGatewayV2HTTPEvent event)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    RequestContext context = new RequestContext();
    for (String name = name(parser); name != null; name = name(parser)) {
      parser.nextToken();
      switch (name) {
        case "accountId" -> text(parser, context::setAccountId);
        case "apiId" -> text(parser, context::setApiId);
        case "domainName" -> text(parser, context::setDomainName);
        case "domainPrefix" -> text(parser, context::setDomainPrefix);
        case "requestId" -> text(parser, context::setRequestId);
        case "routeKey" -> text(parser, context::setRouteKey);
        case "stage" -> text(parser, context::setStage);
        case "time" -> text(parser, context::setTime);
        case "timeEpoch" -> context.setTimeEpoch(parser.getValueAsLong());
        case "http" -> http(parser, context);
        default -> parser.skipChildren();
      }
    }
    event.setRequestContext(context);
  }

  private static void http(JsonParser parser, RequestContext context) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    RequestContext.Http http = new RequestContext.Http();
    for (String name = name(parser); name != null; name = name(parser)) {
      parser.nextToken();
      switch (name) {
        case "method" -> text(parser, http::setMethod);
        case "path" -> text(parser, http::setPath);
        case "protocol" -> text(parser, http::setProtocol);
        case "sourceIp" -> text(parser, http::setSourceIp);
        case "userAgent" -> text(parser, http::setUserAgent);
        default -> parser.skipChildren();
      }
    }
    context.setHttp(http);
  }

  /// The next field's name; null at the object's end.
  private static @Nullable String name(JsonParser parser) throws IOException {
    return parser.nextToken() == JsonToken.FIELD_NAME ? parser.currentName() : null;
  }

  private static void text(JsonParser parser, Consumer<String> field) throws IOException {
    String text = parser.getValueAsString();
    if (text == null) {
      parser.skipChildren();
    } else {
      field.accept(text);
    }
  }

  private static void texts(JsonParser parser, Consumer<List<String>> field) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    List<String> all = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      text(parser, all::add);
    }
    field.accept(all);
  }

  private static void pairs(JsonParser parser, Consumer<Map<String, String>> field)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    Map<String, String> all = new LinkedHashMap<>();
    for (String name = name(parser); name != null; name = name(parser)) {
      String key = name;
      parser.nextToken();
      text(parser, value -> all.put(key, value));
    }
    field.accept(all);
  }
}
