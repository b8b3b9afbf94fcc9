package app.turnout.runner.schedule;

import app.turnout.runner.RunnerException;
import java.util.BitSet;
import java.util.Locale;

/// One field of a cron expression: `*`, numbers or names, ranges, lists and steps.
record CronField(int first, BitSet values) {
  /// @param names of three letters each, the first for `first`; or empty
  static CronField parse(String text, int first, int last, String names) {
    BitSet values = new BitSet();
    for (String part : text.split(",", -1)) {
      String[] stepped = part.split("/", 2);
      String[] range = stepped[0].split("-", 2);
      boolean all = stepped[0].equals("*") || stepped[0].equals("?");
      int from = all ? first : number(range[0], first, names, text);
      int to = range.length == 2 ? number(range[1], first, names, text) : from;
      if (all || (range.length == 1 && stepped.length == 2)) {
        to = last;
      }
      int step = stepped.length == 2 ? number(stepped[1], 1, "", text) : 1;
      if (from < first || to > last || from > to || step < 1) {
        throw new RunnerException("not a field of a cron expression: " + text);
      }
      for (int value = from; value <= to; value += step) {
        values.set(value - first);
      }
    }
    return new CronField(first, values);
  }

  boolean matches(int value) {
    return value >= first && values.get(value - first);
  }

  private static int number(String text, int first, String names, String field) {
    int name = text.length() == 3 ? names.indexOf(text.toUpperCase(Locale.ROOT)) : -1;
    if (name >= 0 && name % 3 == 0) {
      return first + name / 3;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new RunnerException("not a field of a cron expression: " + field, e);
    }
  }
}
