package app.turnout.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FifoQueuesTest {
  private static final Pattern BODY = Pattern.compile("\"Body\":\"([^\"]*)\"");
  private static final Pattern RECEIPT = Pattern.compile("\"ReceiptHandle\":\"([^\"]*)\"");

  @TempDir Path directory;

  @Test
  void theOrderOfAGroupSurvivesARestart() throws Exception {
    try (EmbeddedSqs sqs = EmbeddedSqs.start(directory, 0)) {
      create(sqs);
      for (int from = 0; from < 200; from += 10) {
        sendBatch(sqs, "a", from);
      }
    }

    try (EmbeddedSqs sqs = EmbeddedSqs.start(directory, 0)) {
      sendBatch(sqs, "a", 200);
      List<String> received = new ArrayList<>();
      while (received.size() < 210) {
        String answer = receive(sqs);
        received.addAll(bodies(answer));
        delete(sqs, answer);
      }

      assertThat(received).isEqualTo(IntStream.range(0, 210).mapToObj(i -> "a" + i).toList());
    }
  }

  @Test
  void aMessageInFlightHoldsItsGroupUpAlsoAfterARestart() throws Exception {
    try (EmbeddedSqs sqs = EmbeddedSqs.start(directory, 0)) {
      create(sqs);
      sendBatch(sqs, "a", 0);
      assertThat(bodies(receive(sqs, 1))).containsExactly("a0");
      assertThat(bodies(receive(sqs, 1))).isEmpty();
    }

    try (EmbeddedSqs sqs = EmbeddedSqs.start(directory, 0)) {
      sendBatch(sqs, "a", 10);
      sendBatch(sqs, "b", 0);

      String ofOthers = receive(sqs);
      assertThat(bodies(ofOthers)).hasSize(10).allMatch(body -> body.startsWith("b"));
      assertThat(bodies(receive(sqs, 1))).isEmpty();
    }
  }

  @Test
  void aRestoredMessageThatIsReceivedHoldsUpThoseThatCameLater() throws Exception {
    try (EmbeddedSqs sqs = EmbeddedSqs.start(directory, 0)) {
      create(sqs);
      sendBatch(sqs, "a", 0);
    }

    try (EmbeddedSqs sqs = EmbeddedSqs.start(directory, 0)) {
      sendBatch(sqs, "a", 10);

      String first = receive(sqs);
      assertThat(bodies(first)).containsExactly(names("a", 0));
      assertThat(bodies(receive(sqs, 1))).isEmpty();
      delete(sqs, first);
      assertThat(bodies(receive(sqs))).containsExactly(names("a", 10));
    }
  }

  /// Once, all of a core went into it.
  @Test
  void whoWaitsForAGroupThatIsHeldUpCostsLittle() throws Exception {
    try (EmbeddedSqs sqs = EmbeddedSqs.inMemory()) {
      create(sqs);
      sendBatch(sqs, "a", 0);
      String first = receive(sqs, 1);
      long before = computedFor("sqs-");

      assertThat(bodies(receive(sqs, 1, Duration.ofSeconds(2)))).isEmpty();

      assertThat(computedFor("sqs-") - before).isLessThan(Duration.ofMillis(700).toNanos());
      delete(sqs, first);
      assertThat(bodies(receive(sqs, 1))).containsExactly("a1");
    }
  }

  /// How long threads with names like that have had a core, in nanoseconds.
  private static long computedFor(String names) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().startsWith(names))
        .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.getThreadId())))
        .sum();
  }

  private static void create(EmbeddedSqs sqs) throws IOException {
    AwsCall.sqs(
        sqs,
        "CreateQueue",
        "{\"QueueName\":\"live.fifo\",\"Attributes\":{\"FifoQueue\":\"true\","
            + "\"ContentBasedDeduplication\":\"true\",\"VisibilityTimeout\":\"300\"}}");
  }

  private static String[] names(String group, int from) {
    return IntStream.range(from, from + 10).mapToObj(i -> group + i).toArray(String[]::new);
  }

  private static void sendBatch(EmbeddedSqs sqs, String group, int from) throws IOException {
    String entries =
        IntStream.range(from, from + 10)
            .mapToObj(
                i ->
                    "{\"Id\":\"%d\",\"MessageBody\":\"%s%d\",\"MessageGroupId\":\"%s\"}"
                        .formatted(i, group, i, group))
            .collect(Collectors.joining(","));
    String answer =
        AwsCall.sqs(
            sqs,
            "SendMessageBatch",
            "{\"QueueUrl\":\"%s\",\"Entries\":[%s]}".formatted(sqs.queueUrl("live.fifo"), entries));
    assertThat(answer).contains("Successful").doesNotContain("Failed");
  }

  private static String receive(EmbeddedSqs sqs) throws IOException {
    return receive(sqs, 10);
  }

  private static String receive(EmbeddedSqs sqs, int atMost) throws IOException {
    return receive(sqs, atMost, Duration.ZERO);
  }

  private static String receive(EmbeddedSqs sqs, int atMost, Duration patience) throws IOException {
    return AwsCall.sqs(
        sqs,
        "ReceiveMessage",
        "{\"QueueUrl\":\"%s\",\"MaxNumberOfMessages\":%d,\"WaitTimeSeconds\":%d}"
            .formatted(sqs.queueUrl("live.fifo"), atMost, patience.toSeconds()));
  }

  private static void delete(EmbeddedSqs sqs, String answer) throws IOException {
    for (String receipt : all(RECEIPT, answer)) {
      AwsCall.sqs(
          sqs,
          "DeleteMessage",
          "{\"QueueUrl\":\"%s\",\"ReceiptHandle\":\"%s\"}"
              .formatted(sqs.queueUrl("live.fifo"), receipt));
    }
  }

  private static List<String> bodies(String answer) {
    return all(BODY, answer);
  }

  private static List<String> all(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.results().map((MatchResult result) -> result.group(1)).toList();
  }
}
