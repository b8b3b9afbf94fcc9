package app.turnout.acceptance;

import app.turnout.acceptance.Browser.Screen;
import app.turnout.acceptance.Organiser.Participant;
import java.net.URI;
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
