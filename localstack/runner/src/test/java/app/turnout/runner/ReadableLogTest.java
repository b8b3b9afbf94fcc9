package app.turnout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadableLogTest {
  private static final String EVENT =
      """
      {"time":"2026-11-22T10:00:00.123Z","level":"WARN","function":"identity",\
      "logger":"app.turnout.identity.Something","message":"Session 5 ends, naïvely",\
      "request_id":"request-1","organization":"org-1","failure":"java.lang.Error\\n  at here\\n"}
      """;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  @TempDir private Path directory;
  private PrintStream log;

  @BeforeEach
  void open() {
    log =
        new PrintStream(
            new ReadableLog(
                new PrintStream(shown, true, StandardCharsets.UTF_8), directory.resolve("log")),
            true,
            StandardCharsets.UTF_8);
  }

  @Test
  void eventIsShownShortlyWithItsFailureBelow() {
    log.print(EVENT);

    assertThat(shown.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            10:00:00 WARN identity: Session 5 ends, naïvely [Something, request request-1, organization org-1]
              java.lang.Error
                at here
            """);
  }

  @Test
  void everythingElseIsShownAsItIs() {
    log.print("Starting PostgreSQL…\n");
    log.print("{broken\n");
    log.print("no end");
    log.flush();

    assertThat(shown.toString(StandardCharsets.UTF_8))
        .isEqualTo("Starting PostgreSQL…\n{broken\nno end");
  }

  @Test
  void metricsAreNotShownAndEveryLineOfJsonIsKept() throws IOException {
    log.print("Starting PostgreSQL…\n{\"_aws\":{}}\n" + EVENT + "{\"_aws\":{}}\n");

    assertThat(shown.toString(StandardCharsets.UTF_8))
        .startsWith("Starting PostgreSQL…\n10:00:00 WARN")
        .doesNotContain("_aws");
    assertThat(directory.resolve("log"))
        .content(StandardCharsets.UTF_8)
        .isEqualTo("{\"_aws\":{}}\n" + EVENT + "{\"_aws\":{}}\n");
  }

  @Test
  void eventThatComesInPiecesIsShownOnce() {
    for (String piece : EVENT.split("(?<=,)", -1)) {
      log.print(piece);
      log.flush();
    }

    assertThat(shown.toString(StandardCharsets.UTF_8))
        .startsWith("10:00:00 WARN identity: Session");
  }
}
