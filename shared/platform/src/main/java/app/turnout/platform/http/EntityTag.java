package app.turnout.platform.http;

import app.turnout.platform.tokens.DerivedTokens;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Entity tags (RFC 9110, section 8.8.3): another one at every change. What counts its versions has
/// a strong one, which updates ask for; anything else that is read has a weak one of its content.
public final class EntityTag {
  private static final int MOST = 20;
  private static final Pattern NEXT =
      Pattern.compile("\\G\\s*(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")\\s*(,|$)");

  private EntityTag() {}

  /// The tag of a row that counts its versions.
  public static String of(long version) {
    return "\"" + Long.toHexString(version) + "\"";
  }

  /// The weak tag of an answer's content.
  static String ofContent(String content) {
    byte[] hash = DerivedTokens.hash(content);
    return "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + "\"";
  }

  /// The strong tags of a list; empty when it is none. Weak ones are left out: they do not say that
  /// it is the same.
  static Optional<Set<String>> parseList(String list) {
    return parse(list, false);
  }

  /// The tags of a list, weak ones as if they were strong; empty when it is none.
  static Optional<Set<String>> parseListWeakly(String list) {
    return parse(list, true);
  }

  private static Optional<Set<String>> parse(String list, boolean weakly) {
    Set<String> tags = new LinkedHashSet<>();
    Matcher next = NEXT.matcher(list);
    int end = 0;
    for (int count = 0; count < MOST && end < list.length() && next.find(); count++) {
      if (weakly || next.group(1) == null) {
        tags.add(next.group(2));
      }
      end = next.end();
    }
    boolean isWhole = end == list.length() && end > 0 && !list.strip().endsWith(",");
    return isWhole ? Optional.of(tags) : Optional.empty();
  }
}
