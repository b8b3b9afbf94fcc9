package app.turnout.platform.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.ConsoleAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingSetupTest {
  @Test
  void linesOfOursAndWarningsOfOthersGoToStandardOutput() {
    LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();

    assertThat(logging.getLogger("app.turnout.anything").getEffectiveLevel()).isEqualTo(Level.INFO);
    assertThat(logging.getLogger("org.example").getEffectiveLevel()).isEqualTo(Level.WARN);
    assertThat(logging.getLogger("ROOT").iteratorForAppenders())
        .toIterable()
        .singleElement()
        .isInstanceOf(ConsoleAppender.class)
        .extracting("encoder")
        .isInstanceOf(JsonLines.class);
  }
}
