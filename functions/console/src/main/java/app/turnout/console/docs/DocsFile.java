package app.turnout.console.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/// The files that the pages are made of: these and no others are given out.
enum DocsFile {
  SWAGGER_PAGE("swagger.html", "text/html;charset=utf-8"),
  SWAGGER_START("swagger-start.js", "text/javascript;charset=utf-8"),
  SWAGGER_UI("swagger-ui-bundle.js", "text/javascript;charset=utf-8"),
  SWAGGER_STYLE("swagger-ui.css", "text/css;charset=utf-8"),
  REDOC_PAGE("redoc.html", "text/html;charset=utf-8"),
  REDOC_START("redoc-start.js", "text/javascript;charset=utf-8"),
  REDOC("redoc.standalone.js", "text/javascript;charset=utf-8"),
  REDOC_LICENSES("redoc.standalone.js.LICENSE.txt", "text/plain;charset=utf-8"),
  ICON("favicon-32x32.png", "image/png");

  private final String file;
  private final String mediaType;

  DocsFile(String file, String mediaType) {
    this.file = file;
    this.mediaType = mediaType;
  }

  /// What a page calls it.
  static Optional<DocsFile> find(String file) {
    return Arrays.stream(values()).filter(candidate -> candidate.file.equals(file)).findFirst();
  }

  String mediaType() {
    return mediaType;
  }

  byte[] read() {
    try (InputStream in = DocsFile.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("The build left out " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
