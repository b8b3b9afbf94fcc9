package app.turnout.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Events and answers as the bytes that Lambda hands over and takes.
class GatewayStreamsTest {
  private static final JsonFactory JSON = new JsonFactory();

  @Test
  void eventIsReadAsAnObjectMapperReadsIt() throws IOException {
    String event =
        """
        {"version": "2.0", "routeKey": "POST /things/{id}", "rawPath": "/things/a b",
         "rawQueryString": "q=1&q=2", "cookies": ["a=1", "b=2"],
         "headers": {"accept": "*/*", "x-long": "%s"},
         "queryStringParameters": {"q": "1,2"}, "pathParameters": {"id": "a b"},
         "stageVariables": {"colour": "grün"},
         "requestContext": {
           "accountId": "1", "apiId": "api", "domainName": "d", "domainPrefix": "p",
           "authentication": null, "requestId": "r-1", "routeKey": "POST /things/{id}",
           "stage": "$default", "time": "12/Mar/2026:19:03:58 +0000", "timeEpoch": 1583348638390,
           "http": {"method": "POST", "path": "/things/a b", "protocol": "HTTP/1.1",
                    "sourceIp": "192.0.2.1", "userAgent": "agent", "added": {"later": [1]}}},
         "added": {"later": [{"a": []}]}, "body": "{\\"a\\": \\"\\u00fc\\"}", "isBase64Encoded": true}
        """
            .formatted("x".repeat(9_000));

    assertThat(read(event))
        .usingRecursiveComparison()
        .isEqualTo(
            new ObjectMapper()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .readValue(event, APIGatewayV2HTTPEvent.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"requestContext\": null, \"headers\": null, \"cookies\": null, \"body\": null}",
        "{\"requestContext\": 5, \"headers\": [{}], \"cookies\": {\"a\": []}, \"body\": {\"a\":"
            + " 1}}",
        "{\"requestContext\": {\"http\": [1]}, \"headers\": {\"a\": {\"b\": 1}}}"
      })
  void whatIsNotAsTheGatewayHasItIsLeftOut(String event) throws IOException {
    APIGatewayV2HTTPEvent read = read(event);

    assertThat(read.getBody()).isNull();
    assertThat(read.getCookies()).isNull();
    assertThat(read.getRequestContext() == null ? null : read.getRequestContext().getHttp())
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "\"text\"", "{\"version\": ", "{version}"})
  void whatIsNoObjectIsRefused(String event) {
    assertThatThrownBy(() -> read(event)).isInstanceOf(IOException.class);
  }

  @Test
  void answerIsWrittenAsTheGatewayWantsIt() throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();

    GatewayAnswerWriter.write(
        JSON,
        APIGatewayV2HTTPResponse.builder()
            .withStatusCode(201)
            .withHeaders(Map.of("Location", "/things/1"))
            .withCookies(List.of("a=1; Secure", "b=2"))
            .withBody("\"ü\n\"")
            .withIsBase64Encoded(true)
            .build(),
        output);

    assertThat(tree(output))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"statusCode": 201, "headers": {"Location": "/things/1"},
                     "cookies": ["a=1; Secure", "b=2"], "body": "\\"ü\\n\\"",
                     "isBase64Encoded": true}
                    """));
  }

  @Test
  void callMakesNoClientThatItDoesNotUse() throws IOException {
    try (HttpFunction function = new EdgeFunction()) {
      ByteArrayOutputStream output = new ByteArrayOutputStream();

      function.handleRequest(
          new ByteArrayInputStream(
              """
              {"version": "2.0", "rawPath": "/edge/nowhere", "headers": {},
               "requestContext": {"requestId": "r-1",
                                  "http": {"method": "GET", "sourceIp": "192.0.2.1"}}}
              """
                  .getBytes(StandardCharsets.UTF_8)),
          output,
          null);

      assertThat(tree(output).path("statusCode").asInt()).isEqualTo(404);
      assertThat(function.context().getActiveBeanRegistrations(SqsClient.class)).isEmpty();
    }
  }

  private static APIGatewayV2HTTPEvent read(String event) throws IOException {
    return GatewayEventReader.read(
        JSON, new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonNode tree(ByteArrayOutputStream output) throws IOException {
    return new ObjectMapper().readTree(output.toByteArray());
  }
}
