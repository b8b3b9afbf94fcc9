package app.turnout.runner.demo;

import app.turnout.runner.RunnerException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A command line: options with values, flags, and the rest.
record Options(Map<String, String> values, List<String> operands) {
  private static final List<String> FLAGS = List.of("--from-now", "--help");

  Options {
    values = Map.copyOf(values);
    operands = List.copyOf(operands);
  }

  /// @param valued names of the options that take a value
  /// @throws RunnerException naming what is not understood
  static Options parse(String[] arguments, String... valued) {
    Queue<String> rest = new ArrayDeque<>(List.of(arguments));
    Map<String, String> values = new HashMap<>();
    List<String> operands = new ArrayList<>();
    while (!rest.isEmpty()) {
      String argument = rest.remove();
      if (List.of(valued).contains(argument)) {
        String value = rest.poll();
        if (value == null) {
          throw new RunnerException(argument + " needs a value");
        }
        values.put(argument, value);
      } else if (FLAGS.contains(argument)) {
        values.put(argument, "");
      } else if (argument.startsWith("-")) {
        throw new RunnerException("what is " + argument + "? See --help");
      } else {
        operands.add(argument);
      }
    }
    return new Options(values, operands);
  }

  boolean has(String flag) {
    return values.containsKey(flag);
  }

  @Nullable String value(String option) {
    return values.get(option);
  }

  String value(String option, String otherwise) {
    return values.getOrDefault(option, otherwise);
  }

  URI url(String option, String otherwise) {
    String value = value(option, otherwise);
    try {
      URI url = URI.create(value);
      if (url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw new RunnerException(option + " is no address: " + value, e);
    }
    throw new RunnerException(option + " is no address: " + value);
  }

  double number(String option, double otherwise) {
    try {
      double number = Double.parseDouble(value(option, Double.toString(otherwise)));
      if (number > 0 && number <= 100_000) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new RunnerException(option + " needs a number", e);
    }
    throw new RunnerException(option + " must be above 0");
  }
}
