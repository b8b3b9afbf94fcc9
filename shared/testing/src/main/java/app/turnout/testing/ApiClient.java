package app.turnout.testing;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Calls a function as API Gateway's HTTP API does (payload 2.0), and holds its answers against its
/// OpenAPI document when there is one.
public final class ApiClient {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> function;
  private final @Nullable OpenApiResponses contract;

  /// A client of one function.
  ///
  /// @param contract every answer must keep it; null when the function has none
  public ApiClient(
      RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> function,
      @Nullable OpenApiResponses contract) {
    this.function = function;
    this.contract = contract;
  }

  public Call get(String pathAndQuery) {
    return call("GET", pathAndQuery);
  }

  public Call post(String pathAndQuery) {
    return call("POST", pathAndQuery);
  }

  /// Begins a request with any method.
  ///
  /// @param pathAndQuery percent-encoded, as a client sends it
  public Call call(String method, String pathAndQuery) {
    return new Call(method, pathAndQuery);
  }

  /// A request being made.
  public final class Call {
    private final String method;
    private final String target;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> cookies = new ArrayList<>();
    private @Nullable String body;
    private boolean base64;
    private String source = "192.0.2.1";

    private Call(String method, String target) {
      this.method = method;
      this.target = target;
    }

    /// A header; given twice, its values are joined by a comma, as API Gateway does.
    public Call header(String name, String value) {
      headers.merge(name.toLowerCase(Locale.ROOT), value, (first, second) -> first + "," + second);
      return this;
    }

    public Call bearer(String token) {
      return header("Authorization", "Bearer " + token);
    }

    /// The IP address it comes from; 192.0.2.1 unless said.
    public Call from(String address) {
      source = address;
      return this;
    }

    /// A cookie, `name=value`.
    public Call cookie(String cookie) {
      cookies.add(cookie);
      return this;
    }

    /// A body of JSON text.
    public Call json(String text) {
      body = text;
      return header("Content-Type", "application/json");
    }

    /// A body of bytes, which API Gateway hands over in base64.
    public Call bytes(byte[] bytes) {
      base64 = true;
      body = Base64.getEncoder().encodeToString(bytes);
      return this;
    }

    /// The body as the event has it.
    public Call rawBody(@Nullable String text, boolean isBase64) {
      body = text;
      base64 = isBase64;
      return this;
    }

    /// The event that API Gateway makes of this request.
    public APIGatewayV2HTTPEvent event() {
      int question = target.indexOf('?');
      String path = question < 0 ? target : target.substring(0, question);
      String query = question < 0 ? "" : target.substring(question + 1);
      String decoded = URI.create("http://api" + path).getPath();
      return APIGatewayV2HTTPEvent.builder()
          .withVersion("2.0")
          .withRouteKey(method + " " + decoded)
          .withRawPath(decoded)
          .withRawQueryString(query)
          .withHeaders(headers)
          .withCookies(cookies.isEmpty() ? null : List.copyOf(cookies))
          .withBody(body)
          .withIsBase64Encoded(base64)
          .withRequestContext(
              APIGatewayV2HTTPEvent.RequestContext.builder()
                  .withStage("$default")
                  .withRequestId(UUID.randomUUID().toString())
                  .withHttp(
                      APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                          .withMethod(method)
                          .withPath(decoded)
                          .withProtocol("HTTP/1.1")
                          .withSourceIp(source)
                          .withUserAgent("test")
                          .build())
                  .build())
          .build();
    }

    /// Sends it. Throws AssertionError when the answer breaks the contract.
    public Answer send() {
      Answer answer = send(event());
      if (contract != null) {
        contract.check(method, target, answer);
      }
      return answer;
    }

    private Answer send(APIGatewayV2HTTPEvent event) {
      APIGatewayV2HTTPResponse response = function.handleRequest(event, null);
      String text = response.getBody() == null ? "" : response.getBody();
      return new Answer(
          response.getStatusCode(),
          response.getHeaders(),
          response.getCookies() == null ? List.of() : response.getCookies(),
          response.getIsBase64Encoded()
              ? new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8)
              : text);
    }
  }

  /// An answer.
  ///
  /// @param cookies as in Set-Cookie
  /// @param body empty when there was none
  public record Answer(int status, Map<String, String> headers, List<String> cookies, String body) {
    public Answer {
      Map<String, String> lower = new LinkedHashMap<>();
      headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
      headers = Map.copyOf(lower);
      cookies = List.copyOf(cookies);
    }

    /// A header by its name in any case; null when it is not there.
    public @Nullable String header(String name) {
      return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /// The body as JSON. Throws AssertionError when it is none.
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        throw new AssertionError("Not JSON: " + body, e);
      }
    }
  }
}
