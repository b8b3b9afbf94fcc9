package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A real browser without a window, of a phone's or a desk's size, told what to do by WebDriver
/// (W3C, by HTTP) and, for places and networks, by Chromium's own protocol. Test classes that
/// register it are skipped where there is no chromium with its driver.
final class Browser implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
  private static final Path PICTURES = Path.of("target", "pictures");

  /// What a page looks like on it.
  enum Screen {
    PHONE(390, 844, true),
    DESK(1280, 800, false);

    private final int width;
    private final int height;
    private final boolean mobile;

    Screen(int width, int height, boolean mobile) {
      this.width = width;
      this.height = height;
      this.mobile = mobile;
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private Optional<Process> driver = Optional.empty();
  private URI session = URI.create("http://localhost/");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return find("chromedriver").isPresent() && find("chromium").isPresent()
        ? ConditionEvaluationResult.enabled("There is a browser")
        : ConditionEvaluationResult.disabled("No browser: chromium and chromedriver are not here");
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Process process =
        new ProcessBuilder(find("chromedriver").orElseThrow().toString(), "--port=0")
            .redirectErrorStream(true)
            .start();
    driver = Optional.of(process);
    URI base = URI.create("http://127.0.0.1:" + port(process) + "/");
    ObjectNode capabilities = JSON.createObjectNode();
    ObjectNode wanted = capabilities.putObject("capabilities").putObject("alwaysMatch");
    ObjectNode options = wanted.putObject("goog:chromeOptions");
    options.put("binary", find("chromium").orElseThrow().toString());
    List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--enable-unsafe-swiftshader",
            "--lang=en-GB",
            "--accept-lang=en-GB")
        .forEach(options.withArray("args")::add);
    wanted.putObject("goog:loggingPrefs").put("browser", "ALL");
    String id = send("POST", base.resolve("session"), capabilities).path("sessionId").asText();
    session = base.resolve("session/" + id + "/");
  }

  @Override
  public void afterAll(ExtensionContext context) {
    driver.ifPresent(
        process -> {
          try {
            send("DELETE", URI.create(session.toString().replaceAll("/$", "")), null);
          } finally {
            process.destroy();
          }
        });
  }

  /// Loads a page afresh, on that screen.
  void open(URI page, Screen screen) {
    show(screen);
    command("POST", "url", Map.of("url", "about:blank"));
    command("POST", "url", Map.of("url", page.toString()));
  }

  void show(Screen screen) {
    protocol(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            screen.width,
            "height",
            screen.height,
            "deviceScaleFactor",
            1,
            "mobile",
            screen.mobile));
  }

  /// What JavaScript gives for an expression.
  JsonNode value(String expression) {
    return command(
        "POST", "execute/sync", Map.of("script", "return " + expression, "args", List.of()));
  }

  /// The text that a reader sees there; empty when there is no such element.
  String text(String selector) {
    return value("document.querySelector(" + quoted(selector) + ")?.innerText ?? ''").asText();
  }

  /// Waits until the reader sees that text there.
  void awaitText(String selector, String expected) {
    try {
      Client.await(() -> text(selector).contains(expected), expected, PATIENCE);
    } catch (AssertionError e) {
      throw new AssertionError(
          selector + " does not say \"" + expected + "\" but: " + text(selector) + "\n" + log(), e);
    }
  }

  /// Waits until the reader does not see that text there any more.
  void awaitGone(String selector, String unexpected) {
    Client.await(() -> !text(selector).contains(unexpected), "no " + unexpected, PATIENCE);
  }

  /// Presses the button or the label that says exactly that, once there is one.
  void press(String label) {
    String path =
        "//*[self::button or self::label or self::a or self::summary][normalize-space()=%s]"
            .formatted("\"" + label + "\"");
    click(element("xpath", path));
  }

  /// Presses what a selector finds, once there is one.
  void pressFirst(String selector) {
    click(element("css selector", selector));
  }

  void type(String selector, String keys) {
    String element = element("css selector", selector);
    command("POST", "element/" + element + "/clear", Map.of());
    command("POST", "element/" + element + "/value", Map.of("text", keys));
  }

  /// Chooses in the page's list of languages.
  void speak(String language) {
    pressFirst("#language option[value=" + language + "]");
  }

  /// Whether pages of that origin may see where the browser is.
  void letSeePosition(URI origin, boolean isAllowed) {
    protocol(
        "Browser.setPermission",
        Map.of(
            "permission",
            Map.of("name", "geolocation"),
            "setting",
            isAllowed ? "granted" : "denied",
            "origin",
            origin.toString().replaceAll("/$", "")));
  }

  void moveTo(double latitude, double longitude, double accuracy) {
    protocol(
        "Emulation.setGeolocationOverride",
        Map.of("latitude", latitude, "longitude", longitude, "accuracy", accuracy));
  }

  /// Runs a script in every page that is opened from now on, before the page's own.
  void prepare(String script) {
    protocol("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
  }

  void connect(boolean isOnline) {
    protocol("Network.enable", Map.of());
    protocol(
        "Network.emulateNetworkConditions",
        Map.of(
            "offline", !isOnline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  /// Holds the page as it is against WCAG 2.2 AA, and that nothing of it is wider than the screen.
  void mustBeAccessible(String what) {
    command("POST", "execute/sync", Map.of("script", axe(), "args", List.of()));
    JsonNode violations =
        command(
            "POST",
            "execute/async",
            Map.of(
                "script",
                """
                const done = arguments[arguments.length - 1];
                const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
                axe.run(document, { runOnly: { type: 'tag', values: tags } }).then(
                  (found) => done(found.violations.map(
                    (each) => each.id + ': ' + each.nodes.map((node) => node.html).join(' '))),
                  (failed) => done([String(failed)]));
                """,
                "args",
                List.of()));
    List<String> found = new ArrayList<>();
    violations.forEach(violation -> found.add(violation.asText()));
    assertThat(found).as(what).isEmpty();
    assertThat(value("document.documentElement.scrollWidth <= window.innerWidth").asBoolean())
        .as(what + " is as wide as the screen")
        .isTrue();
  }

  /// Keeps what is to be seen, for people, in `target/pictures`.
  void picture(String name) {
    String base64 = command("GET", "screenshot", null).asText();
    try {
      Files.createDirectories(PICTURES);
      Files.write(PICTURES.resolve(name + ".png"), Base64.getMimeDecoder().decode(base64));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the page complained of: errors of scripts and of the policy, not answers of the API.
  List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    for (JsonNode entry : command("POST", "se/log", Map.of("type", "browser"))) {
      boolean isComplaint =
          entry.path("level").asText().equals("SEVERE")
              && !entry.path("source").asText().equals("network");
      if (isComplaint) {
        complaints.add(entry.path("message").asText());
      }
    }
    return complaints;
  }

  private String log() {
    return command("POST", "se/log", Map.of("type", "browser")).toString();
  }

  private void click(String element) {
    command("POST", "element/" + element + "/click", Map.of());
  }

  private String element(String strategy, String value) {
    String[] found = new String[1];
    Client.await(
        () -> {
          JsonNode elements =
              command("POST", "elements", Map.of("using", strategy, "value", value));
          for (JsonNode each : elements) {
            String id = each.path(ELEMENT).asText();
            if (command("GET", "element/" + id + "/enabled", null).asBoolean()) {
              found[0] = id;
              return true;
            }
          }
          return false;
        },
        value,
        PATIENCE);
    return found[0];
  }

  private void protocol(String method, Map<String, ?> parameters) {
    command("POST", "goog/cdp/execute", Map.of("cmd", method, "params", parameters));
  }

  private JsonNode command(String method, String path, @Nullable Map<String, ?> body) {
    return send(method, session.resolve(path), body == null ? null : JSON.valueToTree(body));
  }

  private JsonNode send(String method, URI address, @Nullable JsonNode body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .timeout(Duration.ofMinutes(1))
              .header("Content-Type", "application/json")
              .method(
                  method,
                  body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
              .build();
      JsonNode answer = JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
      JsonNode value = answer.path("value");
      if (value.isObject() && value.has("error")) {
        throw new AssertionError(value.path("error").asText() + ": " + value.path("message"));
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String port(Process process) throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      if (line.matches(".*started successfully on port \\d+\\.")) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(ignored -> {}));
        return line.replaceAll(".* port (\\d+)\\.", "$1");
      }
    }
    throw new IllegalStateException("chromedriver says: " + said);
  }

  private static String axe() {
    try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
      if (in == null) {
        throw new IllegalStateException("There is no axe-core on the classpath");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> find(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String quoted(String text) {
    return JSON.valueToTree(text).toString();
  }
}
