package app.turnout.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceHeaderTest {
  private static final String ROOT = "1-5759e988-bd862e3fe1be46a994272793";

  @Test
  void headerIsReadAndWrittenBack() {
    String text = "Root=" + ROOT + ";Parent=53995c3f42cd8ad8;Sampled=1";

    assertThat(TraceHeader.parse(text)).map(TraceHeader::toString).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ROOT,
        "Root=" + ROOT,
        "Self=1-67891234-12456789abcdef012345678;Root=" + ROOT,
        "Root=" + ROOT + ";Parent=<script>;Sampled=yes;Lineage=a87bd80c:1"
      })
  void whatIsNotKnownIsLeftOut(String text) {
    assertThat(TraceHeader.parse(text)).map(TraceHeader::toString).contains("Root=" + ROOT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Root=", "Root=1-5759e988", "Sampled=1", "2-5759e988-bd86"})
  void whatNamesNoTraceIsNone(String text) {
    assertThat(TraceHeader.parse(text)).isEmpty();
  }

  @Test
  void traceThatBeginsHereSaysWhen() {
    TraceHeader first = TraceHeader.begin(Instant.parse("2016-06-09T22:11:20Z"));

    assertThat(first.root()).startsWith("1-5759e988-");
    assertThat(TraceHeader.parse(first.toString())).contains(first);
    assertThat(TraceHeader.begin(Instant.EPOCH).root()).startsWith("1-00000000-").hasSize(35);
  }
}
