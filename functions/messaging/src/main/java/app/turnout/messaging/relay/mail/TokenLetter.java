package app.turnout.messaging.relay.mail;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/// A letter that asks to press a button, or to copy the token that the button carries in its link's
/// fragment, which browsers do not send.
@Singleton
final class TokenLetter {
  private final String publicUrl;

  TokenLetter(@Value("${turnout.public-url}") String publicUrl) {
    this.publicUrl = publicUrl;
  }

  /// The letter.
  ///
  /// @param prefix of the phrases `subject`, `why`, `button`, `token`, `until` and `ignore`
  /// @param page of the web app, after the slash
  /// @param fill puts names in place of what stands in braces
  Letter of(
      String locale,
      String prefix,
      String page,
      String token,
      Instant until,
      UnaryOperator<String> fill) {
    Phrases phrases = Phrases.in(locale);
    UnaryOperator<String> words =
        name ->
            fill.apply(phrases.get(prefix + "." + name))
                .replace("{until}", Phrases.TIME.format(until));
    return new Letter(
        phrases.language(),
        words.apply("subject"),
        List.of(
            new Letter.Part.Paragraph(words.apply("why")),
            new Letter.Part.Button(
                words.apply("button"), publicUrl + "/" + page + "#token=" + token),
            new Letter.Part.Paragraph(words.apply("token")),
            new Letter.Part.Code(token),
            new Letter.Part.Paragraph(words.apply("until")),
            new Letter.Part.Paragraph(words.apply("ignore"))));
  }
}
