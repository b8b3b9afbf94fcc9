package app.turnout.runner.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.runner.RunnerException;
import app.turnout.runner.replay.Api;
import app.turnout.runner.replay.FakeProduct;
import app.turnout.runner.replay.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatheringTest {
  private static final Duration LATER = Duration.ofMinutes(10);

  private FakeProduct product;
  private Organiser organiser;

  @BeforeEach
  void start() throws IOException {
    product = new FakeProduct("{}");
    product.mails("[{\"text\": \"http://localhost/verify-email#token=t\"}]");
    for (int i = 0; i < 3; i++) {
      product.reply(200, "", "{\"access_token\": \"a\", \"refresh_token\": \"r\"}");
    }
    Api api = new Api(product.url());
    organiser = Organiser.register(api, new Mailbox(api), "o@example.com", "secret", "Olivia");
  }

  @AfterEach
  void stop() {
    product.close();
  }

  @Test
  void thirtyAreExpectedAndAgreeToBeSeen() {
    product.reply(201, "", "{\"id\": \"e1\"}");
    product.reply(200, "", "{}");
    product.reply(200, "", results(30));

    Gathering gathering = Gathering.set(new Api(product.url()), organiser, LATER);

    assertThat(gathering.eventId()).isEqualTo("e1");
    List<FakeProduct.Call> calls = product.calls().subList(3, product.calls().size());
    assertThat(calls.get(0).body().path("position").path("latitude").asDouble()).isEqualTo(48.4055);
    assertThat(calls.get(0).body().path("starts_at").asText()).isEqualTo("2019-02-18T08:40:00Z");
    assertThat(calls.get(1).path()).isEqualTo("/api/v1/events/e1/activate");
    assertThat(calls.get(2).body().findValuesAsText("name")).hasSize(30).contains("Anna", "Emil");
    assertThat(calls.subList(3, calls.size()))
        .hasSize(30)
        .allSatisfy(call -> assertThat(call.path()).endsWith("/consent"))
        .extracting(FakeProduct.Call::authorization)
        .startsWith("Bearer token-0", "Bearer token-1");
  }

  @Test
  void whoCouldNotBeAddedIsNotPassedOver() {
    product.reply(201, "", "{\"id\": \"e1\"}");
    product.reply(200, "", "{}");
    product.reply(200, "", results(29));

    assertThatThrownBy(() -> Gathering.set(new Api(product.url()), organiser, LATER))
        .isInstanceOf(RunnerException.class)
        .hasMessage("30 people were to be added, not 29");
  }

  private static String results(int count) {
    ObjectNode answer = Json.object();
    ArrayNode results = answer.putArray("results");
    for (int i = 0; i < count; i++) {
      results
          .addObject()
          .put("participant_id", "p" + i)
          .putObject("link")
          .put("token", "token-" + i);
    }
    return answer.toString();
  }
}
