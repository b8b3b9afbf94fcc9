package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.acceptance.Browser.Screen;
import app.turnout.acceptance.Organiser.Participant;
import java.net.URI;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The live map in a browser: who may see it is connected, and nobody else.
class LivePageTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();
  @RegisterExtension static final Browser BROWSER = new Browser();

  private static final double LATITUDE = 52.672777;
  private static final double LONGITUDE = -8.570741;

  private Organiser organiser;
  private String event;
  private Participant brendan;

  @BeforeEach
  void expect() {
    organiser = Organiser.ready(TURNOUT.client(), "map");
    event = organiser.event(LATITUDE, LONGITUDE);
    brendan = organiser.participant(event);
  }

  @Test
  void wrongPasswordIsSaidAndShowsNothing() {
    BROWSER.open(page("#event=" + event), Screen.PHONE);
    BROWSER.type("#email", organiser.email());
    BROWSER.type("#password", "another tram stop");
    BROWSER.press("Log in");

    BROWSER.awaitText("#said", "E-mail address or password is wrong");
    BROWSER.mustBeAccessible("login");
    BROWSER.picture("live-login-phone");
  }

  @Test
  void linkOfAnotherEventShowsNothing() {
    String other = organiser.event(LATITUDE, LONGITUDE);

    BROWSER.open(page("#event=" + other + "&link=" + brendan.link()), Screen.PHONE);

    BROWSER.awaitText("#page", "Nothing to see here");
    BROWSER.mustBeAccessible("no map");
  }

  @ParameterizedTest
  @CsvSource({
    "en, Here, Who comes",
    "pt, Aqui, Quem vem",
    "id, Di sini, Siapa yang datang",
    "ru, На месте, Кто придёт"
  })
  void speaksTheReadersLanguageOnEveryScreen(String language, String here, String who) {
    logIn(Screen.DESK);
    BROWSER.awaitText("#connection", "Live");
    BROWSER.awaitText("#list", "Brendan");
    BROWSER.awaitText("#count-here", "0 of 1");

    BROWSER.speak(language);

    BROWSER.awaitText("#counts", here);
    BROWSER.awaitText("#people-title", who);
    for (Screen screen : Screen.values()) {
      BROWSER.show(screen);
      BROWSER.mustBeAccessible(language + " " + screen);
    }
  }

  @Test
  void memberSeesWhoMovesWhoJoinsAndWhoWithdrawsAsItHappens() {
    logIn(Screen.PHONE);
    BROWSER.awaitText("#connection", "Live");
    BROWSER.awaitText("#list", "No position yet");

    send(LATITUDE - 0.05, 60);
    BROWSER.awaitText("#list", "km");
    BROWSER.awaitText("#list", "in ");
    BROWSER.picture("live-position-phone");

    organiser.post("/api/v1/events/" + event + "/participants", "{\"name\": \"Aoife\"}");
    BROWSER.awaitText("#list", "Aoife");
    BROWSER.awaitText("#count-here", "0 of 2");

    TURNOUT
        .client()
        .post(
            "/api/v1/participants/" + brendan.id() + "/consent",
            brendan.authorization(),
            "{\"granted\": false}");
    BROWSER.awaitText("#list", "Aoife");
    BROWSER.awaitGone("#list", "km");
  }

  @Test
  void checkInIsCountedAtOnce() {
    logIn(Screen.DESK);
    BROWSER.awaitText("#count-here", "0 of 1");

    organiser.post("/api/v1/participants/" + brendan.id() + "/check-in", "");

    BROWSER.awaitText("#count-here", "1 of 1");
  }

  /// Six positions of the last minutes, ten seconds apart, northwards.
  private void send(double latitude, int secondsAgo) {
    Instant first = Instant.now().minusSeconds(secondsAgo);
    String pings =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    "{\"latitude\": %s, \"longitude\": %s, \"recorded_at\": \"%s\"}"
                        .formatted(latitude + i * 0.0006, LONGITUDE, first.plusSeconds(10L * i)))
            .collect(Collectors.joining(","));
    assertThat(
            TURNOUT
                .client()
                .post(
                    "/api/v1/participants/" + brendan.id() + "/locations",
                    brendan.authorization(),
                    "{\"locations\": [" + pings + "]}")
                .status())
        .isEqualTo(202);
  }

  private void logIn(Screen screen) {
    BROWSER.open(page("#event=" + event), screen);
    BROWSER.type("#email", organiser.email());
    BROWSER.type("#password", Organiser.PASSWORD);
    BROWSER.press("Log in");
  }

  private static URI page(String fragment) {
    return TURNOUT.runner().front().resolve("/live" + fragment);
  }
}
