package app.turnout.platform.http;

import app.turnout.platform.json.Texts;
import io.micronaut.core.convert.MutableConversionService;
import io.micronaut.core.convert.TypeConverterRegistrar;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Path and query parameters in the same forms as the fields of bodies.
@Singleton
final class StrictConversions implements TypeConverterRegistrar {
  @Override
  public void register(MutableConversionService conversions) {
    add(conversions, UUID.class, Texts::uuid);
    add(conversions, OffsetDateTime.class, Texts::offsetDateTime);
    add(conversions, Instant.class, Texts::instant);
    add(conversions, LocalDate.class, Texts::date);
    add(conversions, ZoneId.class, Texts::zone);
    add(conversions, Boolean.class, StrictConversions::truth);
  }

  /// What is neither is no `false`.
  private static Boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static <T> void add(
      MutableConversionService conversions, Class<T> type, Function<String, T> parse) {
    conversions.addConverter(
        CharSequence.class,
        type,
        (text, target, context) -> {
          try {
            return Optional.of(parse.apply(text.toString()));
          } catch (IllegalArgumentException e) {
            context.reject(text, e);
            return Optional.empty();
          }
        });
  }
}
