package app.turnout.runner.function;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/// The environment of a function as a file of properties: several functions share this process,
/// which has but one environment.
public final class FunctionConfiguration {
  private FunctionConfiguration() {}

  /// The content of `application-lambda.properties`.
  ///
  /// @param environment variables; each stands there in all of Micronaut's spellings: `A_B_C` is
  ///   `a.b.c`, `a.b-c`, `a-b.c` and `a-b-c`
  /// @param properties names and values as they are; they win
  public static String of(Map<String, String> environment, Map<String, String> properties) {
    Properties all = new Properties();
    environment.forEach(
        (name, value) -> spellings(name).forEach(spelling -> all.setProperty(spelling, value)));
    properties.forEach(all::setProperty);
    return write(all);
  }

  private static Set<String> spellings(String variable) {
    Set<String> spellings = new LinkedHashSet<>(Set.of(""));
    for (String word : variable.toLowerCase(Locale.ROOT).split("_", -1)) {
      Set<String> longer = new LinkedHashSet<>();
      for (String begin : spellings) {
        if (begin.isEmpty()) {
          longer.add(word);
        } else {
          longer.add(begin + "." + word);
          longer.add(begin + "-" + word);
        }
      }
      spellings = longer;
    }
    return spellings;
  }

  private static String write(Properties properties) {
    Properties sorted = new Properties();
    StringWriter text = new StringWriter();
    for (Map.Entry<Object, Object> entry : new TreeMap<>(properties).entrySet()) {
      sorted.clear();
      sorted.put(entry.getKey(), entry.getValue());
      StringWriter line = new StringWriter();
      try {
        sorted.store(line, null);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      // The first line is the date.
      text.append(line.toString().replaceFirst("^#.*\\R", ""));
    }
    return text.toString();
  }
}
