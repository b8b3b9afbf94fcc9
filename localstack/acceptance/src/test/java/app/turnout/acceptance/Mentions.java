package app.turnout.acceptance;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Finds which of many values a text contains, in one pass over it: by how they begin.
final class Mentions {
  private final Map<String, Set<String>> byBeginning = new HashMap<>();

  /// @param values none is shorter than [Secrecy#SHORTEST]
  Mentions(Collection<String> values) {
    for (String value : List.copyOf(values)) {
      byBeginning
          .computeIfAbsent(value.substring(0, Secrecy.SHORTEST), _ -> new HashSet<>())
          .add(value);
    }
  }

  Set<String> in(String text) {
    Set<String> found = new TreeSet<>();
    for (int at = 0; at + Secrecy.SHORTEST <= text.length(); at++) {
      for (String value :
          byBeginning.getOrDefault(text.substring(at, at + Secrecy.SHORTEST), Set.of())) {
        if (text.startsWith(value, at)) {
          found.add(value);
        }
      }
    }
    return found;
  }
}
