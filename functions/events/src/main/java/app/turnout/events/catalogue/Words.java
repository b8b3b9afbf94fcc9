package app.turnout.events.catalogue;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is looked for, word by word.
final class Words {
  /// More would only make a search slower.
  private static final int MOST = 8;

  private Words() {}

  static List<String> of(@Nullable String text) {
    return text == null
        ? List.of()
        : Stream.of(text.split("[\\s\\p{Z}]+", -1))
            .filter(word -> !word.isEmpty())
            .distinct()
            .limit(MOST)
            .toList();
  }
}
