package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.acceptance.Browser.Screen;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A participant lets an app send where they are, by their link, in a browser.
class SetUpPageTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();
  @RegisterExtension static final Browser BROWSER = new Browser();

  private Organiser organiser;
  private String event = "";
  private String participant = "";
  private String link = "";

  @BeforeEach
  void expect() {
    organiser = Organiser.ready(TURNOUT.client(), "set-up");
    event = organiser.event(52.672777, -8.570741);
    JsonNode added =
        organiser
            .post("/api/v1/events/" + event + "/participants", "{\"name\": \"Brendan\"}")
            .json();
    participant = added.path("id").asText();
    link = added.path("link").path("token").asText();
  }

  @Test
  void appThatIsSetUpSendsUntilItIsRemoved() {
    consent();
    BROWSER.open(page(), Screen.PHONE);
    BROWSER.awaitText("#page", "None so far.");
    BROWSER.mustBeAccessible("nothing set up");

    BROWSER.type("#name", "Old phone");
    BROWSER.press("Set up OwnTracks");

    BROWSER.awaitText("#made", "Old phone: connect the app");
    assertThat(BROWSER.value("document.querySelector('img.code').naturalWidth").asInt())
        .isPositive();
    assertThat(BROWSER.value("document.querySelector('a.go').href").asText())
        .startsWith("owntracks:///config?inline=");
    BROWSER.mustBeAccessible("set up");
    BROWSER.picture("set-up-made-phone");
    String password = value("Password");
    assertThat(URI.create(value("URL")).getPath()).isEqualTo("/api/v1/owntracks");
    assertThat(ownTracks(password)).isEqualTo(200);
    BROWSER.awaitText("#devices", "Sent just now.");

    BROWSER.press("Remove");

    BROWSER.awaitText("#devices", "None so far.");
    BROWSER.awaitText("#said", "it cannot send any more");
    BROWSER.mustBeAccessible("removed");
    assertThat(ownTracks(password)).isEqualTo(401);
  }

  @Test
  void whoHasNotConsentedIsToldWhyNothingIsTaken() {
    BROWSER.open(page(), Screen.DESK);
    BROWSER.awaitText("#page", "You have not agreed to be located yet");

    BROWSER.press("Set up Traccar Client");

    BROWSER.awaitText("#made", "My phone: connect the app");
    BROWSER.mustBeAccessible("set up without consent");
    BROWSER.picture("set-up-made-desk");
    assertThat(ownTracks(value("Device identifier"))).isEqualTo(200);
    BROWSER.awaitText("#devices", "It sends, but you have not agreed to be located.");
  }

  @Test
  void linkThatDoesNotHoldShowsNothing() {
    BROWSER.open(URI.create(page() + "x"), Screen.PHONE);

    BROWSER.awaitText("#page", "This link does not work");
    BROWSER.mustBeAccessible("no link");
  }

  @ParameterizedTest
  @CsvSource({
    "en, Set up an app",
    "pt, Configurar um aplicativo",
    "id, Siapkan aplikasi",
    "ru, Настроить приложение"
  })
  void speaksTheReadersLanguageOnEveryScreen(String language, String title) {
    for (Screen screen : Screen.values()) {
      BROWSER.open(page(), screen);
      BROWSER.awaitText("h1", "");
      BROWSER.speak(language);

      BROWSER.awaitText("h1", title);
      assertThat(BROWSER.value("document.documentElement.lang").asText()).isEqualTo(language);
      BROWSER.mustBeAccessible(language + " " + screen);
    }
  }

  private void consent() {
    assertThat(
            TURNOUT
                .client()
                .post(
                    "/api/v1/participants/" + participant + "/consent",
                    "Bearer " + link,
                    "{\"granted\": true}")
                .status())
        .isEqualTo(200);
  }

  /// What the page says is to be typed into the app's setting of that name.
  private static String value(String setting) {
    return BROWSER
        .value(
            "[...document.querySelectorAll('dt')].find(term => term.innerText === '"
                + setting
                + "').nextElementSibling.querySelector('code').innerText")
        .asText();
  }

  /// Sends a position as the app does, and gives the answer's status.
  private int ownTracks(String password) {
    String pair =
        Base64.getEncoder()
            .encodeToString(("turnout:" + password).getBytes(StandardCharsets.UTF_8));
    long now = Instant.now().getEpochSecond();
    return TURNOUT
        .client()
        .post(
            "/api/v1/owntracks",
            "Basic " + pair,
            "{\"_type\": \"location\", \"lat\": 52.66, \"lon\": -8.62, \"acc\": 8, \"tst\": "
                + now
                + "}")
        .status();
  }

  private URI page() {
    return TURNOUT.runner().front().resolve("/me/set-up#" + link);
  }
}
