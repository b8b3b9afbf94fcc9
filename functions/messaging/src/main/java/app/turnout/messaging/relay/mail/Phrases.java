package app.turnout.messaging.relay.mail;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;

/// The words of our mails in one language: English, Portuguese, Indonesian or Russian, and English
/// for any other.
final class Phrases {
  /// Times in mails: the recipient's zone is not known.
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String BUNDLE = Phrases.class.getPackageName() + ".phrases";

  private final ResourceBundle bundle;

  private Phrases(ResourceBundle bundle) {
    this.bundle = bundle;
  }

  /// @param language tag, such as `pt` or `pt-BR`
  static Phrases in(String language) {
    return new Phrases(
        ResourceBundle.getBundle(
            BUNDLE,
            Locale.forLanguageTag(language),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
  }

  String get(String key) {
    return bundle.getString(key);
  }

  /// The language it really is.
  String language() {
    return get("language");
  }
}
