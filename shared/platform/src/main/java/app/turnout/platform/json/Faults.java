package app.turnout.platform.json;

import app.turnout.platform.problem.FieldError;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The faults found in one body, up to a hundred.
final class Faults {
  private static final int MOST = 100;

  private final Set<FieldError> found = new LinkedHashSet<>();

  void add(String field, String rule, String message) {
    if (found.size() < MOST) {
      found.add(new FieldError(field, rule, message));
    }
  }

  int count() {
    return found.size();
  }

  List<FieldError> list() {
    return List.copyOf(found);
  }
}
