package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.acceptance.Browser.Screen;
import app.turnout.acceptance.Organiser.Participant;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A participant shares where they are, by their link, in a browser.
class SharePageTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();
  @RegisterExtension static final Browser BROWSER = new Browser();

  private static final double LATITUDE = 52.6600;
  private static final double LONGITUDE = -8.6200;

  private Organiser organiser;
  private Participant participant;

  @BeforeEach
  void expect() {
    organiser = Organiser.ready(TURNOUT.client(), "share");
    String event = organiser.event(52.672777, -8.570741);
    JsonNode added =
        organiser
            .post("/api/v1/events/" + event + "/participants", "{\"name\": \"Brendan\"}")
            .json();
    participant =
        new Participant(added.path("id").asText(), added.path("link").path("token").asText());
    BROWSER.connect(true);
    BROWSER.letSeePosition(TURNOUT.runner().front(), true);
    BROWSER.moveTo(LATITUDE, LONGITUDE, 8);
  }

  @Test
  void positionsGoFromOnePressUntilTheStop() {
    BROWSER.open(page(), Screen.PHONE);
    BROWSER.awaitText("#page", "What is sent");
    BROWSER.mustBeAccessible("before");
    BROWSER.picture("share-before-phone");
    assertThat(consented()).isFalse();

    BROWSER.press("I agree, share my position");

    BROWSER.awaitText("#state", "You are sharing your position");
    awaitLatest(LATITUDE);
    assertThat(consented()).isTrue();
    BROWSER.awaitText("#facts", "Last sent");
    BROWSER.mustBeAccessible("sharing");
    BROWSER.picture("share-sharing-phone");

    BROWSER.press("Pause");
    BROWSER.awaitText("#state", "Paused");
    BROWSER.moveTo(LATITUDE + 0.002, LONGITUDE, 8);
    BROWSER.press("Go on");
    awaitLatest(LATITUDE + 0.002);

    BROWSER.press("Stop");
    BROWSER.awaitText("#state", "You are not sharing");
    assertThat(consented()).isTrue();
    assertThat(BROWSER.complaints()).isEmpty();
  }

  @Test
  void whatCannotBeSentWaitsInTheBrowser() {
    BROWSER.open(page(), Screen.PHONE);
    BROWSER.press("I agree, share my position");
    awaitLatest(LATITUDE);

    BROWSER.connect(false);
    BROWSER.awaitText("#notices", "No connection");
    BROWSER.value("window.sameDocument = true");
    moveUntilItSays(LATITUDE + 0.01, "Kept on this phone until they can be sent");
    BROWSER.picture("share-offline-phone");
    BROWSER.connect(true);

    awaitLatest(LATITUDE + 0.01);
    assertThat(BROWSER.value("window.sameDocument").asBoolean()).isTrue();
    assertThat(BROWSER.value("location.hash").asText()).isEqualTo("#" + participant.link());
  }

  @Test
  void phoneThatKeepsItsPositionToItselfIsToldOf() {
    BROWSER.letSeePosition(TURNOUT.runner().front(), false);
    BROWSER.open(page(), Screen.PHONE);

    BROWSER.press("I agree, share my position");

    BROWSER.awaitText("#state", "Your phone keeps its position to itself");
    BROWSER.mustBeAccessible("denied");
    BROWSER.picture("share-denied-phone");

    BROWSER.letSeePosition(TURNOUT.runner().front(), true);
    BROWSER.moveTo(LATITUDE + 0.003, LONGITUDE, 4000);
    BROWSER.press("Stop");
    BROWSER.press("Share my position");
    BROWSER.awaitText("#state", "Your phone gives its position only roughly");
  }

  @Test
  void withdrawnConsentEndsIt() {
    BROWSER.open(page(), Screen.DESK);
    BROWSER.press("I agree, share my position");
    awaitLatest(LATITUDE);

    BROWSER.press("I do not agree any more");

    BROWSER.awaitText("#page", "Your consent is withdrawn");
    BROWSER.awaitText("#state", "You are not sharing");
    assertThat(consented()).isFalse();
    BROWSER.awaitText("#page", "All that was stored of where you were is deleted");
    BROWSER.mustBeAccessible("withdrawn");
    BROWSER.picture("share-withdrawn-desk");
  }

  @Test
  void howTheyTravelIsKept() {
    BROWSER.open(page(), Screen.PHONE);
    BROWSER.press("Bicycle");
    BROWSER.press("I agree, share my position");
    BROWSER.awaitText("#state", "You are sharing your position");
    assertThat(mine().path("travel_mode").asText()).isEqualTo("bicycle");

    BROWSER.press("On foot");

    BROWSER.awaitText("#said", "Done: noted.");
    assertThat(mine().path("travel_mode").asText()).isEqualTo("foot");
  }

  @Test
  void linkThatDoesNotHoldShowsNothing() {
    BROWSER.open(URI.create(page().toString() + "x"), Screen.PHONE);

    BROWSER.awaitText("#page", "This link does not work");
    BROWSER.mustBeAccessible("no link");
  }

  @ParameterizedTest
  @CsvSource({
    "en, Share where you are",
    "pt, Compartilhe onde você está",
    "id, Bagikan posisi Anda",
    "ru, 'Показать, где вы'"
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

  /// Positions are a few seconds apart; the phone is moved on until one was taken.
  private static void moveUntilItSays(double latitude, String expected) {
    Client.await(
        () -> {
          BROWSER.moveTo(latitude, LONGITUDE, 8);
          return BROWSER.text("#facts").contains(expected);
        },
        expected);
  }

  private void awaitLatest(double latitude) {
    Client.await(
        () ->
            Math.abs(
                    organiser
                            .get("/api/v1/participants/" + participant.id() + "/locations/latest")
                            .json()
                            .path("latitude")
                            .asDouble()
                        - latitude)
                < 0.0001,
        "a position at " + latitude);
  }

  private boolean consented() {
    return mine().path("consent").path("granted").asBoolean();
  }

  private JsonNode mine() {
    return TURNOUT.client().get("/api/v1/links/me", participant.authorization()).json();
  }

  private URI page() {
    return TURNOUT.runner().front().resolve("/share#" + participant.link());
  }
}
