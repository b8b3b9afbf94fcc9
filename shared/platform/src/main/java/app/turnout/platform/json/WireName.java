package app.turnout.platform.json;

import io.micronaut.core.annotation.AnnotatedElement;
import io.micronaut.serde.config.annotation.SerdeConfig;
import io.micronaut.serde.config.naming.PropertyNamingStrategy;
import java.util.Locale;

/// What things are called on the wire: fields in snake case, enum constants in lower case.
public final class WireName {
  private WireName() {}

  /// `arrivalRadiusMetres` is `arrival_radius_metres`; `@JsonProperty` overrides.
  public static String of(AnnotatedElement element) {
    return element
        .getAnnotationMetadata()
        .stringValue(SerdeConfig.class, SerdeConfig.PROPERTY)
        .orElseGet(() -> PropertyNamingStrategy.SNAKE_CASE.translate(element));
  }

  /// `ORG_OWNER` is `org_owner`.
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /// As [#of(AnnotatedElement)], for a bare Java name.
  public static String of(String javaName) {
    return PropertyNamingStrategy.SNAKE_CASE.translate(() -> javaName);
  }
}
