package app.turnout.platform.http;

import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import io.micronaut.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Bodies that come compressed (RFC 9110, section 8.4): API Gateway hands them on as they are.
final class ContentEncoding {
  /// JSON becomes a tree many times its size. What is read as it comes may be larger.
  private static final int LARGER = 4;

  private ContentEncoding() {}

  /// The body that was meant. 415 for another compression than gzip, 400 for what is none, 413 when
  /// it is larger, inflated, than `largestBody`, or four times that where it is no JSON.
  static byte[] decode(byte[] body, @Nullable Map<String, String> headers, long largestBody) {
    String encoding = header(headers, HttpHeaders.CONTENT_ENCODING);
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> body;
      case "gzip", "x-gzip" -> {
        String type = header(headers, HttpHeaders.CONTENT_TYPE).toLowerCase(Locale.ROOT);
        boolean mayBeJson = type.isEmpty() || type.contains("json");
        yield body.length == 0
            ? body
            : inflate(body, mayBeJson ? largestBody : LARGER * largestBody);
      }
      default ->
          throw new ProblemException(
              ProblemType.UNSUPPORTED_MEDIA_TYPE, "The Content-Encoding must be gzip, or none");
    };
  }

  private static byte[] inflate(byte[] body, long largest) {
    try (InputStream inflated = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] bytes = inflated.readNBytes((int) Math.min(largest + 1, Integer.MAX_VALUE - 8));
      if (bytes.length > largest) {
        throw new ProblemException(
            ProblemType.PAYLOAD_TOO_LARGE,
            "The body must have at most " + largest + " bytes, inflated");
      }
      return bytes;
    } catch (ZipException | EOFException e) {
      throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body is not the gzip it says");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String header(@Nullable Map<String, String> headers, String name) {
    return headers == null
        ? ""
        : headers.entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase(name))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
  }
}
