package app.turnout.locations.devices;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.qrcode.decoder.Decoder;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrCodeTest {
  private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1H(\\d+)z");
  private static final Pattern SIDE = Pattern.compile("viewBox=\"0 0 (\\d+) \\1\"");

  @Test
  void codesOfTheAppsAreReadBack() throws Exception {
    AppSettings settings = AppSettings.of("https://turnout.example", "td_" + "a".repeat(26));

    assertThat(read(settings.owntracksQr())).isEqualTo(settings.owntracksLink());
    assertThat(read(settings.traccarQr())).isEqualTo(settings.traccarLink());
  }

  @Test
  void codeHasAQuietZone() {
    String svg = QrCode.svg("short");

    assertThat(side(svg)).isEqualTo(21 + 8);
    assertThat(RUN.matcher(svg).results().map(run -> Integer.parseInt(run.group(1))))
        .allMatch(x -> x >= 4 && x < 25);
  }

  private static String read(String svg) throws Exception {
    int side = side(svg) - 8;
    boolean[][] dark = new boolean[side][side];
    for (MatchResult run : RUN.matcher(svg).results().toList()) {
      int x = Integer.parseInt(run.group(1)) - 4;
      int y = Integer.parseInt(run.group(2)) - 4;
      for (int i = 0; i < Integer.parseInt(run.group(3)); i++) {
        dark[y][x + i] = true;
      }
    }
    return new Decoder().decode(dark).getText();
  }

  private static int side(String svg) {
    Matcher side = SIDE.matcher(svg);
    assertThat(side.find()).isTrue();
    return Integer.parseInt(side.group(1));
  }
}
