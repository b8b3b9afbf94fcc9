package app.turnout.stores;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// AWS's JSON protocol, as little of it as the stores check.
final class AwsCall {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private AwsCall() {}

  static String sqs(EmbeddedSqs sqs, String action, String body) throws IOException {
    return call(sqs.endpoint(), "AmazonSQS." + action, body);
  }

  static String dynamoDb(EmbeddedDynamoDb dynamoDb, String action, String body) throws IOException {
    return call(dynamoDb.endpoint(), "DynamoDB_20120810." + action, body);
  }

  private static String call(URI endpoint, String target, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", target)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=local/20260101/eu-central-1/any/aws4_request,"
                    + " SignedHeaders=host, Signature=none")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
