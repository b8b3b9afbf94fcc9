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
    String[] words = variable.toLowerCase(Locale.ROOT).split("_", -1);
    int dotted = dotted(words);
    Set<String> spellings = new LinkedHashSet<>(Set.of(words[0]));
    for (int i = 1; i < words.length; i++) {
      Set<String> longer = new LinkedHashSet<>();
      for (String begin : spellings) {
        longer.add(begin + "." + words[i]);
        if (i > dotted) {
          longer.add(begin + "-" + words[i]);
        }
      }
      spellings = longer;
    }
    return spellings;
  }

  /// After how many words only dots stand. Below these names Micronaut makes a bean of every next
  /// word it finds: `datasources.default-url` would be a data source called `default-url`.
  private static int dotted(String[] words) {
    if (words[0].equals("datasources")) {
      return 2;
    }
    return words.length > 1 && words[0].equals("aws") && words[1].equals("services") ? 3 : 0;
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
