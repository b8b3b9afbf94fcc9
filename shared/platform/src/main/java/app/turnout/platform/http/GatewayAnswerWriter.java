package app.turnout.platform.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes what API Gateway expects (payload 2.0), as Lambda's own serializer would.
final class GatewayAnswerWriter {
  private GatewayAnswerWriter() {}

  static void write(JsonFactory json, APIGatewayV2HTTPResponse answer, OutputStream output)
      throws IOException {
    try (JsonGenerator generator = json.createGenerator(output)) {
      generator.writeStartObject();
      generator.writeNumberField("statusCode", answer.getStatusCode());
      headers(generator, answer.getHeaders());
      cookies(generator, answer.getCookies());
      if (answer.getBody() != null) {
        generator.writeStringField("body", answer.getBody());
      }
      generator.writeBooleanField("isBase64Encoded", answer.getIsBase64Encoded());
      generator.writeEndObject();
    }
  }

  private static void headers(JsonGenerator generator, @Nullable Map<String, String> headers)
      throws IOException {
    if (headers != null) {
      generator.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : headers.entrySet()) {
        generator.writeStringField(header.getKey(), header.getValue());
      }
      generator.writeEndObject();
    }
  }

  private static void cookies(JsonGenerator generator, @Nullable List<String> cookies)
      throws IOException {
    if (cookies != null) {
      generator.writeArrayFieldStart("cookies");
      for (String cookie : cookies) {
        generator.writeString(cookie);
      }
      generator.writeEndArray();
    }
  }
}
