package app.turnout.platform.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.micronaut.http.HttpRequest;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name of one request: in its answer's `X-Request-Id`, in its log lines, in its problem.
public final class RequestId {
  /// The header it comes and goes by.
  public static final String HEADER = "X-Request-Id";

  private static final String ATTRIBUTE = "app.turnout.request-id";
  private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._=+/-]{8,64}");

  private RequestId() {}

  /// The id of a request in hand.
  public static String of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, String.class).orElse("unknown");
  }

  static void set(HttpRequest<?> request, String id) {
    request.setAttribute(ATTRIBUTE, id);
  }

  /// The caller's own when it is well formed, else API Gateway's.
  static String from(APIGatewayV2HTTPEvent event) {
    String given = header(event.getHeaders());
    if (given != null && WELL_FORMED.matcher(given).matches()) {
      return given;
    }
    String assigned =
        event.getRequestContext() == null ? null : event.getRequestContext().getRequestId();
    return assigned == null ? UUID.randomUUID().toString() : assigned;
  }

  private static @Nullable String header(@Nullable Map<String, String> headers) {
    if (headers == null) {
      return null;
    }
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(HEADER)) {
        return header.getValue();
      }
    }
    return null;
  }
}
