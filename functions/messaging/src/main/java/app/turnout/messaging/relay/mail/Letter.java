package app.turnout.messaging.relay.mail;

import java.util.List;

/// What an e-mail says, in text and in HTML alike.
///
/// @param language of its words, as in `lang`
record Letter(String language, String subject, List<Part> parts) {
  Letter {
    // It holds names that people chose, and stands in a header.
    subject = subject.replaceAll("\\p{Cntrl}+", " ");
    parts = List.copyOf(parts);
  }

  /// One block of it.
  sealed interface Part {
    record Paragraph(String words) implements Part {}

    /// Something to press, where that is possible.
    record Button(String label, String url) implements Part {}

    /// Something to copy.
    record Code(String code) implements Part {}
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Paragraph(String words) -> text.append(words);
        case Part.Button(String label, String url) -> text.append(label).append(":\n").append(url);
        case Part.Code(String code) -> text.append(code);
      }
      text.append("\n\n");
    }
    return text.append("Turnout\n").toString();
  }

  String html() {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html>\n<html lang=\"")
        .append(escape(language))
        .append("\">\n<head><meta charset=\"utf-8\"><title>")
        .append(escape(subject))
        .append("</title></head>\n<body style=\"font-family:sans-serif;line-height:1.5\">\n");
    for (Part part : parts) {
      switch (part) {
        case Part.Paragraph(String words) ->
            html.append("<p>").append(escape(words)).append("</p>\n");
        case Part.Button(String label, String url) ->
            html.append("<p><a href=\"")
                .append(escape(url))
                .append("\">")
                .append(escape(label))
                .append("</a></p>\n");
        case Part.Code(String code) ->
            html.append("<p><code>").append(escape(code)).append("</code></p>\n");
      }
    }
    return html.append("<p>Turnout</p>\n</body>\n</html>\n").toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
