package app.turnout.runner.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.runner.RunnerException;
import app.turnout.runner.replay.Api;
import app.turnout.runner.replay.FakeProduct;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrganiserTest {
  private FakeProduct product;

  @BeforeEach
  void start() throws IOException {
    product = new FakeProduct("{}");
    product.mails(
        """
        [{"id": 1, "to": "o@example.com", "subject": "Verify",
          "text": "Follow http://localhost/verify-email#token=abc.DEF-1_2 within a day."}]\
        """);
  }

  @AfterEach
  void stop() {
    product.close();
  }

  @Test
  void registersFollowsTheLinkAndLogsIn() {
    Organiser organiser = register();

    assertThat(paths())
        .containsExactly(
            "/api/v1/auth/register", "/api/v1/auth/verify-email", "/api/v1/auth/login");
    assertThat(product.calls().get(1).body()).hasToString("{\"token\":\"abc.DEF-1_2\"}");
    assertThat(organiser.email()).isEqualTo("o@example.com");
  }

  @Test
  void expiredTokenIsRefreshedAndTheOrganizationEnteredAgain() {
    Organiser organiser = register();
    product.reply(200, "", "{\"access_token\": \"in-org\"}");
    organiser.actIn("org-1");
    product.reply(401, "", "{}");
    product.reply(
        200,
        "",
        "{\"access_token\": \"a2\", \"refresh_token\": \"r2\", \"organization_id\": null}");
    product.reply(200, "", "{\"access_token\": \"in-org-2\"}");
    product.reply(200, "", "{\"data\": [1, 2], \"next_cursor\": \"c+1\"}");
    product.reply(200, "", "{\"data\": [3], \"next_cursor\": null}");

    List<JsonNode> all = organiser.all("/api/v1/events");

    assertThat(all).extracting(JsonNode::asInt).containsExactly(1, 2, 3);
    assertThat(paths().subList(3, 9))
        .containsExactly(
            "/api/v1/auth/switch",
            "/api/v1/events",
            "/api/v1/auth/refresh",
            "/api/v1/auth/switch",
            "/api/v1/events",
            "/api/v1/events");
    assertThat(product.calls().get(5).body()).hasToString("{\"refresh_token\":\"r1\"}");
    assertThat(product.calls().getLast().authorization()).isEqualTo("Bearer in-org-2");
  }

  @Test
  void refusalIsOneClearLine() {
    Organiser organiser = register();
    product.reply(
        404, "", "{\"title\": \"There is no such thing\", \"detail\": \"No such event\"}");

    assertThatThrownBy(() -> organiser.get("/api/v1/events/1"))
        .isInstanceOf(RunnerException.class)
        .hasMessage("GET /api/v1/events/1 answered 404 There is no such thing: No such event");
  }

  private Organiser register() {
    product.reply(202, "", "{}");
    product.reply(204, "", "");
    product.reply(
        200,
        "",
        "{\"access_token\": \"a1\", \"refresh_token\": \"r1\", \"organization_id\": null}");
    Api api = new Api(product.url());
    return Organiser.register(api, new Mailbox(api), "o@example.com", "secret", "Olivia");
  }

  private List<String> paths() {
    return product.calls().stream().map(FakeProduct.Call::path).toList();
  }
}
