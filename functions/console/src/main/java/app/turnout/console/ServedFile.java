package app.turnout.console;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/// The files that browsers are given: these and no others.
public enum ServedFile {
  SWAGGER_PAGE("docs", "swagger.html", ServedFile.HTML),
  SWAGGER_START("docs", "swagger-start.js", ServedFile.SCRIPT),
  SWAGGER_UI("docs", "swagger-ui-bundle.js", ServedFile.SCRIPT),
  SWAGGER_STYLE("docs", "swagger-ui.css", ServedFile.STYLE),
  REDOC_PAGE("docs", "redoc.html", ServedFile.HTML),
  REDOC_START("docs", "redoc-start.js", ServedFile.SCRIPT),
  REDOC("docs", "redoc.standalone.js", ServedFile.SCRIPT),
  REDOC_LICENSES("docs", "redoc.standalone.js.LICENSE.txt", "text/plain;charset=utf-8"),
  ICON("docs", "favicon-32x32.png", "image/png"),
  ACCOUNT_PAGE("account", "account.html", ServedFile.HTML),
  ACCOUNT_START("account", "account.js", ServedFile.SCRIPT),
  ACCOUNT_WORDS("account", "words.js", ServedFile.SCRIPT),
  ACCOUNT_STYLE("account", "account.css", ServedFile.STYLE),
  MY_DATE_PAGE("me", "me.html", ServedFile.HTML),
  MY_DATE_START("me", "me.js", ServedFile.SCRIPT),
  MY_DATE_WORDS("me", "words.js", ServedFile.SCRIPT),
  MY_DATE_STYLE("me", "me.css", ServedFile.STYLE),
  SET_UP_PAGE("set-up", "set-up.html", ServedFile.HTML),
  SET_UP_START("set-up", "set-up.js", ServedFile.SCRIPT),
  SET_UP_WORDS("set-up", "words.js", ServedFile.SCRIPT),
  SET_UP_STYLE("set-up", "set-up.css", ServedFile.STYLE),
  COMMON("common", "common.js", ServedFile.SCRIPT),
  SHARE_PAGE("share", "share.html", ServedFile.HTML),
  SHARE_START("share", "share.js", ServedFile.SCRIPT),
  SHARE_QUEUE("share", "queue.js", ServedFile.SCRIPT),
  SHARE_WORDS("share", "words.js", ServedFile.SCRIPT),
  SHARE_STYLE("share", "share.css", ServedFile.STYLE),
  MAP_PAGE("map", "map.html", ServedFile.HTML),
  MAP_START("map", "map.js", ServedFile.SCRIPT),
  MAP_SESSION("map", "session.js", ServedFile.SCRIPT),
  MAP_FEED("map", "feed.js", ServedFile.SCRIPT),
  MAP_VIEW("map", "view.js", ServedFile.SCRIPT),
  MAP_CHART("map", "chart.js", ServedFile.SCRIPT),
  MAP_WORDS("map", "words.js", ServedFile.SCRIPT),
  MAP_STYLE("map", "map.css", ServedFile.STYLE),
  MAPLIBRE("map", "maplibre-gl-csp.js", ServedFile.SCRIPT),
  MAPLIBRE_WORKER("map", "maplibre-gl-csp-worker.js", ServedFile.SCRIPT),
  MAPLIBRE_STYLE("map", "maplibre-gl.css", ServedFile.STYLE),
  MAPLIBRE_LICENSE("map", "maplibre-gl.LICENSE.txt", "text/plain;charset=utf-8");

  private static final Pattern GZIP = Pattern.compile("(?:x-)?gzip(?!\\s*;\\s*q=0(?:\\.0*)?$).*");
  private static final String HTML = "text/html;charset=utf-8";
  private static final String SCRIPT = "text/javascript;charset=utf-8";
  private static final String STYLE = "text/css;charset=utf-8";

  /// Nobody else's script, style or image is let in, and no page of others shows ours.
  public static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /// As Swagger UI and ReDoc need it.
  private static final String DOCS_POLICY =
      POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
          + "; font-src 'self' data:; worker-src blob:";

  private static final Map<Content, byte[]> CONTENTS = new ConcurrentHashMap<>();

  private final String folder;
  private final String file;
  private final String mediaType;

  ServedFile(String folder, String file, String mediaType) {
    this.folder = folder;
    this.file = file;
    this.mediaType = mediaType;
  }

  /// What pages of this folder call by this name, pages themselves left out.
  public static Optional<ServedFile> find(String folder, String file) {
    return Arrays.stream(values())
        .filter(candidate -> !candidate.mediaType.equals(HTML))
        .filter(candidate -> candidate.folder.equals(folder) && candidate.file.equals(file))
        .findFirst();
  }

  /// The answer that gives it out, compressed for who can read that.
  public HttpResponse<byte[]> answer(HttpRequest<?> request) {
    return answer(request, folder.equals("docs") ? DOCS_POLICY : POLICY);
  }

  /// The same, for a page that needs a policy of its own.
  ///
  /// @param policy as `Content-Security-Policy` has it
  public HttpResponse<byte[]> answer(HttpRequest<?> request, String policy) {
    boolean compressed = isText() && takesGzip(request);
    MutableHttpResponse<byte[]> answer =
        HttpResponse.ok(CONTENTS.computeIfAbsent(new Content(this, compressed), Content::read))
            .header(HttpHeaders.CONTENT_TYPE, mediaType)
            .header(HttpHeaders.CACHE_CONTROL, "public, max-age=300")
            .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
            .header("Content-Security-Policy", policy)
            .header("X-Content-Type-Options", "nosniff")
            .header("Referrer-Policy", "no-referrer");
    return compressed ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip") : answer;
  }

  /// What was read of a file.
  private record Content(ServedFile file, boolean compressed) {
    byte[] read() {
      return compressed ? compress(file.read()) : file.read();
    }
  }

  private boolean isText() {
    return !mediaType.startsWith("image/");
  }

  /// Whether `Accept-Encoding` (RFC 9110, section 12.5.3) names it, and not to refuse it.
  private static boolean takesGzip(HttpRequest<?> request) {
    String accepted = request.getHeaders().get(HttpHeaders.ACCEPT_ENCODING);
    return accepted != null
        && Arrays.stream(accepted.toLowerCase(Locale.ROOT).split(",", -1))
            .map(String::strip)
            .anyMatch(coding -> GZIP.matcher(coding).matches());
  }

  private static byte[] compress(byte[] content) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  private byte[] read() {
    try (InputStream in = ServedFile.class.getResourceAsStream(folder + "/" + file)) {
      if (in == null) {
        throw new IllegalStateException("The build left out " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
