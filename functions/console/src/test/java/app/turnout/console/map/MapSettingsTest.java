package app.turnout.console.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapSettingsTest {
  @Test
  void plainGroundAsksNobody() {
    MapSettings settings = new MapSettings("", " ", "", "");

    assertThat(settings.grounds()).isEmpty();
    assertThat(settings.sockets()).isEmpty();
  }

  @Test
  void policyNamesOriginsAndNoPaths() {
    MapSettings settings =
        new MapSettings(
            "https://tiles.example:8443/{z}/{x}/{y}.png?key=1",
            "https://a.example  https://*.b.example",
            "",
            "ws://127.0.0.1:8080/live");

    assertThat(settings.grounds())
        .containsExactly("https://tiles.example:8443", "https://a.example", "https://*.b.example");
    assertThat(settings.sockets()).containsExactly("ws://127.0.0.1:8080");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tiles.example/{z}",
        "ftp://tiles.example/",
        "https://tiles.example; script-src *",
        "https://tiles.example'unsafe-inline'",
        "https://you@tiles.example/",
        "https:///style.json"
      })
  void addressThatIsNoneEndsTheStart(String url) {
    assertThatThrownBy(() -> new MapSettings(url, "", "", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "https://a.example;", "'unsafe-eval'", "https://a.example/path"})
  void hostThatIsNoneEndsTheStart(String hosts) {
    assertThatThrownBy(() -> new MapSettings("", hosts, "", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
