package app.turnout.participants.guestlist.imports;

import app.turnout.participants.csv.Encoding;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether bytes can be a part of a file of comma-separated values.
final class GivenPart {
  /// In base64, and with what API Gateway tells beside it, this is what Lambda takes.
  static final int LARGEST = 4 * 1024 * 1024;

  static final int MOST_PARTS = 100;

  private static final String REPLACEMENT = "\ufffd";

  private GivenPart() {}

  /// Throws ProblemException: 400 for a number that no part has, 413, 415 or 422 for bytes that are
  /// none.
  ///
  /// @param encoding that was told; null to guess
  static void check(
      HttpRequest<?> request, int number, byte[] content, @Nullable Encoding encoding) {
    if (number < 1 || number > MOST_PARTS) {
      throw ProblemException.invalidParameter(
          "number", "range", "must be a whole number from 1 to " + MOST_PARTS);
    }
    String coding = request.getHeaders().get(HttpHeaders.CONTENT_ENCODING);
    if (coding != null && !coding.strip().equalsIgnoreCase("identity")) {
      throw unsupported("Parts are taken as they are, without a Content-Encoding");
    }
    if (content.length == 0) {
      throw ProblemException.invalidField("body", "not_empty", "must have at least one byte");
    }
    if (content.length > LARGEST) {
      throw new ProblemException(
          ProblemType.PAYLOAD_TOO_LARGE, "A part must have at most " + LARGEST + " bytes");
    }
    if (number == 1) {
      refuseOtherFiles(content);
    }
    if (isText(request)) {
      refuseMangled(content, encoding);
    }
  }

  /// By what files of these kinds begin with.
  private static void refuseOtherFiles(byte[] content) {
    String beginning =
        HexFormat.of().formatHex(Arrays.copyOf(content, Math.min(8, content.length)));
    if (beginning.startsWith("504b0304") || beginning.startsWith("504b0506")) {
      throw unsupported(
          "This is an Excel workbook or another zip archive; save it as CSV, in UTF-8");
    }
    if (beginning.equals("d0cf11e0a1b11ae1")) {
      throw unsupported("This is an old Excel workbook; save it as CSV, in UTF-8");
    }
    if (beginning.startsWith("25504446")) {
      throw unsupported("This is a PDF, and not CSV");
    }
    if (beginning.startsWith("1f8b")) {
      throw unsupported("This is compressed by gzip; parts are taken as they are");
    }
  }

  /// What comes as text, API Gateway has decoded as UTF-8; what was none is lost.
  private static void refuseMangled(byte[] content, @Nullable Encoding encoding) {
    boolean isOther = encoding != null && encoding != Encoding.UTF_8;
    if (isOther || new String(content, StandardCharsets.UTF_8).contains(REPLACEMENT)) {
      throw unsupported("Bytes that are not UTF-8 arrive whole as application/octet-stream only");
    }
  }

  private static boolean isText(HttpRequest<?> request) {
    String type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
    return type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("text/");
  }

  private static ProblemException unsupported(String detail) {
    return new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail);
  }
}
