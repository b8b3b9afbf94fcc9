package app.turnout.bench;

import app.turnout.runner.Runner;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The function `location-writer`, called with full batches, against COPY.
final class WriterBenchmark {
  private static final JsonMapper JSON = new JsonMapper();

  private final Runner runner;
  private final Calls calls;
  private final EqualTable floor;
  private final StoredPings stored;

  WriterBenchmark(Runner runner, Calls calls, EqualTable floor, StoredPings stored) {
    this.runner = runner;
    this.calls = calls;
    this.floor = floor;
    this.stored = stored;
  }

  Comparison measure(Parameters parameters) throws IOException, SQLException {
    List<Comparison.Round> rounds = new ArrayList<>();
    for (int round = -parameters.writerWarmUp(); round < parameters.rounds(); round++) {
      List<Call> sent = calls.round();
      double copied = floor.copy(calls.batches(sent));
      double written = write(sent);
      if (round >= 0) {
        rounds.add(new Comparison.Round(copied, written));
      }
    }
    return new Comparison("location-writer, pings/s", rounds);
  }

  private double write(List<Call> sent) throws IOException, SQLException {
    List<String> events = calls.batches(sent).stream().map(WriterBenchmark::event).toList();
    long begin = System.nanoTime();
    List<String> answers = new ArrayList<>();
    for (String event : events) {
      answers.add(runner.invoke("LocationWriterFunction", event));
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    for (String answer : answers) {
      JsonNode failures = JSON.readTree(answer).path("batchItemFailures");
      if (!failures.isArray() || !failures.isEmpty()) {
        throw new IllegalStateException("location-writer answered " + answer);
      }
    }
    return stored.requireAll(sent) / seconds;
  }

  /// A batch as the event source mapping gives it to a function.
  static String event(List<Call> batch) {
    ObjectNode event = JSON.createObjectNode();
    for (Call call : batch) {
      Instant now = Instant.now();
      ObjectNode message = event.withArray("Records").addObject();
      message.put("messageId", UUID.randomUUID().toString());
      message.put("receiptHandle", UUID.randomUUID().toString());
      message.put("body", call.message(now));
      message
          .putObject("attributes")
          .put("ApproximateReceiveCount", "1")
          .put("SentTimestamp", "" + now.toEpochMilli())
          .put("SenderId", "127.0.0.1")
          .put("ApproximateFirstReceiveTimestamp", "" + now.toEpochMilli());
      message.putObject("messageAttributes");
      message.put("eventSource", "aws:sqs");
      message.put("eventSourceARN", "arn:aws:sqs:eu-central-1:000000000000:PingsQueue");
      message.put("awsRegion", "eu-central-1");
    }
    return event.toString();
  }
}
