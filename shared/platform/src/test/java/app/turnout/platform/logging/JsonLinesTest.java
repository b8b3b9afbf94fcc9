package app.turnout.platform.logging;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.domain.OrganizationId;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class JsonLinesTest {
  private static final String OURS = "app.turnout.somewhere.Something";
  private static final String THEIRS = "org.example.Library";
  private static final OrganizationId ORGANIZATION =
      new OrganizationId(UUID.fromString("01900000-0000-7000-8000-000000000001"));

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final JsonLines lines = new JsonLines();

  @AfterEach
  void forget() {
    LogFacts.end();
  }

  @Test
  void lineIsOneObjectWithTheCallsFacts() throws Exception {
    LogFacts.begin("identity", "request-1", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1");
    LogFacts.enter(ORGANIZATION);

    JsonNode line = line(OURS, Level.WARN, null, "Session {} ends", 5);

    assertThat(line)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"time": "2026-11-22T10:00:00.123Z", "level": "WARN", "function": "identity",
                     "logger": "app.turnout.somewhere.Something", "message": "Session 5 ends",
                     "request_id": "request-1",
                     "trace_id": "1-5759e988-bd862e3fe1be46a994272793",
                     "organization": "01900000-0000-7000-8000-000000000001"}
                    """));
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    LogFacts.begin("identity", null, "Root=<script>");

    JsonNode line = line(OURS, Level.INFO, null, "Started");

    assertThat(line.has("request_id")).isFalse();
    assertThat(line.has("trace_id")).isFalse();
    assertThat(line.has("organization")).isFalse();
    assertThat(line.has("failure")).isFalse();
  }

  @Test
  void callThatEndedLeavesNothingToTheNext() {
    LogFacts.begin("identity", "request-1", null);
    LogFacts.enter(ORGANIZATION);
    LogFacts.end();

    LogFacts.begin("identity", "request-2", null);

    assertThat(line(OURS, Level.INFO, null, "x").has("organization")).isFalse();
  }

  @Test
  void textCannotEndTheLine() {
    String wild = "a\"b\\c\nd\re\tf\u0000g\u2028h\ud800i😀";

    JsonNode line = line(OURS, Level.INFO, null, "{}", wild);

    assertThat(line.path("message").asText()).isEqualTo(wild);
  }

  @Test
  void failureHasTypesStatesAndPlacesAndNoWords() {
    Exception failure =
        new IllegalStateException(
            "of ada@example.com",
            new SQLException("Key (email)=(ada@example.com) already exists.", "23505"));

    JsonNode line = line(OURS, Level.ERROR, failure, "It failed");

    assertThat(line.toString()).doesNotContain("ada@example.com");
    assertThat(line.path("failure").asText())
        .startsWith("java.lang.IllegalStateException\n  at app.turnout.platform.logging.JsonLines")
        .contains("caused by java.sql.SQLException [SQLSTATE 23505]\n  at ");
  }

  @Test
  void othersMayNotQuoteTheirArguments() {
    JsonNode line =
        line(THEIRS, Level.WARN, null, "{} of {} took {} ms, {}", "ada", Level.class, 7, true);

    assertThat(line.path("message").asText())
        .isEqualTo("[…] of class ch.qos.logback.classic.Level took 7 ms, true");
  }

  @Test
  void wordsOfTheFailureAreTakenOutOfTheMessage() {
    Exception failure =
        new IllegalStateException("no mailbox here", new SQLException("ada@example.com is taken"));

    JsonNode line =
        line(
            THEIRS,
            Level.ERROR,
            failure,
            "Unexpected: no mailbox here: ada@example.com is taken, at 5");

    assertThat(line.path("message").asText()).isEqualTo("Unexpected: […]: […], at 5");
  }

  @Test
  void developersSeeAllAtDebug() {
    JsonNode line =
        line(THEIRS, Level.DEBUG, new SQLException("ada@example.com is taken"), "For {}", "ada");

    assertThat(line.path("message").asText()).isEqualTo("For ada");
    assertThat(line.path("failure_says").asText())
        .isEqualTo("java.sql.SQLException: ada@example.com is taken");
  }

  private JsonNode line(
      String logger,
      Level level,
      @Nullable Throwable failure,
      String message,
      Object... arguments) {
    Logger source = context.getLogger(logger);
    LoggingEvent event =
        new LoggingEvent(getClass().getName(), source, level, message, failure, arguments);
    event.setInstant(Instant.parse("2026-11-22T10:00:00.123Z"));
    String text = new String(lines.encode(event), StandardCharsets.UTF_8);
    assertThat(text).endsWith("}\n");
    assertThat(text.strip()).doesNotContain("\n");
    try {
      return new ObjectMapper().readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }
}
