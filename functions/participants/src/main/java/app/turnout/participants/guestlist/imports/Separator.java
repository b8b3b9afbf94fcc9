package app.turnout.participants.guestlist.imports;

import java.util.Arrays;

/// What stands between cells.
enum Separator {
  COMMA(','),
  SEMICOLON(';'),
  TAB('\t'),
  BAR('|');

  private final char character;

  Separator(char character) {
    this.character = character;
  }

  char character() {
    return character;
  }

  /// Throws IllegalArgumentException when it is another, as a file's own first line may say.
  static Separator of(char character) {
    return Arrays.stream(values())
        .filter(separator -> separator.character == character)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no separator of ours"));
  }
}
