package app.turnout.platform.http;

import app.turnout.platform.json.Texts;
import app.turnout.platform.problem.ProblemException;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.MutableHttpParameters;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A query string, each parameter with all its values, commas and all.
final class QueryParameters implements MutableHttpParameters {
  private static final int MOST_PARAMETERS = 200;

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private ConversionService conversions;

  private QueryParameters(ConversionService conversions) {
    this.conversions = conversions;
  }

  /// Decodes `rawQueryString`; 400 naming the parameter whose escapes are broken.
  static QueryParameters decode(@Nullable String raw, ConversionService conversions) {
    QueryParameters parameters = new QueryParameters(conversions);
    if (raw == null || raw.isEmpty()) {
      return parameters;
    }
    int count = 0;
    for (String pair : raw.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      if (++count > MOST_PARAMETERS) {
        throw ProblemException.invalidParameter(
            "query", "max_items", "must have at most " + MOST_PARAMETERS + " parameters");
      }
      int equals = pair.indexOf('=');
      String rawName = equals < 0 ? pair : pair.substring(0, equals);
      String name = unescape(rawName, rawName);
      String value = equals < 0 ? "" : unescape(pair.substring(equals + 1), name);
      parameters.values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
    }
    return parameters;
  }

  private static String unescape(String text, String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < utf8.length; i++) {
      switch (utf8[i]) {
        case '+' -> bytes.write(' ');
        case '%' -> {
          int high = i + 2 < utf8.length ? Character.digit(utf8[i + 1], 16) : -1;
          int low = i + 2 < utf8.length ? Character.digit(utf8[i + 2], 16) : -1;
          if (high < 0 || low < 0) {
            throw malformed(name, "has a broken percent escape");
          }
          bytes.write(high << 4 | low);
          i += 2;
        }
        default -> bytes.write(utf8[i]);
      }
    }
    try {
      String decoded =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString();
      if (!Texts.isClean(decoded) || !Texts.isClean(text)) {
        throw malformed(name, "must not contain U+0000");
      }
      return decoded;
    } catch (CharacterCodingException e) {
      throw malformed(name, "is not UTF-8");
    }
  }

  private static ProblemException malformed(String name, String message) {
    return ProblemException.invalidParameter(Texts.printable(name), "malformed", message);
  }

  @Override
  public <T> Optional<T> get(CharSequence name, ArgumentConversionContext<T> context) {
    List<String> given = getAll(name);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Class<T> type = context.getArgument().getType();
    if (Iterable.class.isAssignableFrom(type) || type.isArray()) {
      return conversions.convert(given, context);
    }
    if (given.size() > 1) {
      throw ProblemException.invalidParameter(name.toString(), "repeated", "must be given once");
    }
    if (given.getFirst().isEmpty() && !CharSequence.class.isAssignableFrom(type)) {
      throw ProblemException.invalidParameter(name.toString(), "type", "must not be empty");
    }
    return type.isEnum()
        ? Optional.of(type.cast(constant(name, type, given.getFirst())))
        : conversions.convert(given.getFirst(), context);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Object constant(CharSequence name, Class<?> type, String text) {
    try {
      return Texts.constant((Class<Enum>) type, text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalidParameter(
          name.toString(), "enum", String.valueOf(e.getMessage()));
    }
  }

  @Override
  public MutableHttpParameters add(CharSequence name, List<CharSequence> added) {
    List<String> all = values.computeIfAbsent(name.toString(), key -> new ArrayList<>(1));
    added.forEach(value -> all.add(value.toString()));
    return this;
  }

  @Override
  public void setConversionService(ConversionService conversionService) {
    conversions = conversionService;
  }

  @Override
  public List<String> getAll(CharSequence name) {
    return values.getOrDefault(name.toString(), List.of());
  }

  @Override
  public @Nullable String get(CharSequence name) {
    List<String> given = getAll(name);
    return given.isEmpty() ? null : given.getFirst();
  }

  @Override
  public Set<String> names() {
    return values.keySet();
  }

  @Override
  public Collection<List<String>> values() {
    return values.values();
  }
}
