package app.turnout.runner.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/// Messages as records of the event that Lambda makes of them.
final class BatchEvent {
  private static final JsonMapper JSON = new JsonMapper();

  /// Which part of an ARN it is.
  private static final int REGION = 3;

  private BatchEvent() {}

  /// One record, of a message as `ReceiveMessage` gives it.
  static byte[] record(JsonNode message, String queueArn) {
    ObjectNode json = JSON.createObjectNode();
    json.set("messageId", message.path("MessageId"));
    json.set("receiptHandle", message.path("ReceiptHandle"));
    json.set("body", message.path("Body"));
    ObjectNode attributes = json.putObject("attributes");
    message
        .path("Attributes")
        .properties()
        .forEach(entry -> attributes.set(entry.getKey(), entry.getValue()));
    ObjectNode custom = json.putObject("messageAttributes");
    for (Map.Entry<String, JsonNode> entry : message.path("MessageAttributes").properties()) {
      JsonNode given = entry.getValue();
      ObjectNode attribute = custom.putObject(entry.getKey());
      if (given.hasNonNull("StringValue")) {
        attribute.set("stringValue", given.get("StringValue"));
      }
      if (given.hasNonNull("BinaryValue")) {
        attribute.set("binaryValue", given.get("BinaryValue"));
      }
      attribute.putArray("stringListValues");
      attribute.putArray("binaryListValues");
      attribute.set("dataType", given.path("DataType"));
    }
    json.set("md5OfBody", message.path("MD5OfBody"));
    if (message.hasNonNull("MD5OfMessageAttributes")) {
      json.set("md5OfMessageAttributes", message.get("MD5OfMessageAttributes"));
    }
    json.put("eventSource", "aws:sqs");
    json.put("eventSourceARN", queueArn);
    json.put("awsRegion", queueArn.split(":", -1)[REGION]);
    return json.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
