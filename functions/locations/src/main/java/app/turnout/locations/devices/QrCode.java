package app.turnout.locations.devices;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/// QR codes (ISO/IEC 18004) as SVG: a module is a unit, with the quiet zone of four around it.
final class QrCode {
  private static final int QUIET = 4;

  private QrCode() {}

  /// The code of a text. It is shown on a screen, where nothing rubs off: the lowest error
  /// correction keeps long texts coarse.
  static String svg(String text) {
    ByteMatrix modules;
    try {
      modules = Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix();
    } catch (WriterException e) {
      throw new IllegalArgumentException("No QR code holds this text", e);
    }
    int side = modules.getWidth() + 2 * QUIET;
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %1$d %1$d\" shape-rendering=\"crispEdges\">"
            .formatted(side)
        + "<path fill=\"#fff\" d=\"M0 0h%1$dv%1$dH0z\"/><path d=\"".formatted(side)
        + dark(modules)
        + "\"/></svg>";
  }

  /// The dark modules, a rectangle for each run of them in a row.
  private static String dark(ByteMatrix modules) {
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < modules.getHeight(); y++) {
      int x = 0;
      while (x < modules.getWidth()) {
        int from = x;
        while (x < modules.getWidth() && modules.get(x, y) == 1) {
          x++;
        }
        if (x > from) {
          path.append('M').append(from + QUIET).append(' ').append(y + QUIET);
          path.append('h').append(x - from).append("v1H").append(from + QUIET).append('z');
        } else {
          x++;
        }
      }
    }
    return path.toString();
  }
}
