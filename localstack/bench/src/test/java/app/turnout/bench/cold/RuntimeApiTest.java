package app.turnout.bench.cold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RuntimeApiTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void givesOneEventAndTakesItsAnswer() throws Exception {
    try (RuntimeApi api = RuntimeApi.start("{}".getBytes(StandardCharsets.UTF_8))) {
      HttpResponse<String> event = send(request(api, "invocation/next").GET().build());
      String id = event.headers().firstValue("Lambda-Runtime-Aws-Request-Id").orElseThrow();
      send(
          request(api, "invocation/" + id + "/response")
              .POST(BodyPublishers.ofString("{\"statusCode\":200}"))
              .build());
      CompletableFuture<HttpResponse<String>> second =
          client.sendAsync(request(api, "invocation/next").GET().build(), BodyHandlers.ofString());
      api.awaitIdle();

      assertThat(event.body()).isEqualTo("{}");
      assertThat(event.headers().firstValue("Content-Type")).hasValue("application/json");
      assertThat(event.headers().firstValueAsLong("Lambda-Runtime-Deadline-Ms")).isPresent();
      assertThat(event.headers().firstValue("Lambda-Runtime-Invoked-Function-Arn")).isPresent();
      RuntimeApi.Answer answer = api.answer();
      assertThat(answer.isResponse()).isTrue();
      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("200");
      assertThat(second).isNotDone();
    }
  }

  @Test
  void holdsASnapshotUntilItIsRestored() throws Exception {
    try (RuntimeApi api = RuntimeApi.start(new byte[0])) {
      CompletableFuture<HttpResponse<String>> restored =
          client.sendAsync(request(api, "restore/next").GET().build(), BodyHandlers.ofString());
      api.awaitSnapshot();
      assertThat(restored).isNotDone();

      api.restore();

      assertThat(restored.join().statusCode()).isEqualTo(200);
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(RuntimeApi api, String path) {
    return HttpRequest.newBuilder(
        URI.create("http://" + api.address() + "/2018-06-01/runtime/" + path));
  }
}
