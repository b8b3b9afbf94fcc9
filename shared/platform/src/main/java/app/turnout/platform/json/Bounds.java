package app.turnout.platform.json;

import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.annotation.AnnotationMetadataProvider;
import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.type.Argument;
import jakarta.validation.Constraint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the components of a record may be, where bounds of numbers and lengths are all that it
/// asks. Asking the validator takes longer than all the rest of the reading, so it is asked only
/// about values that are not within, for its words.
final class Bounds {
  private static final Set<String> UNDERSTOOD =
      Stream.of(Min.class, Max.class, DecimalMin.class, DecimalMax.class, Size.class)
          .flatMap(bound -> Stream.of(bound.getName(), bound.getName() + "$List"))
          .collect(Collectors.toUnmodifiableSet());

  /// Up to it, every whole number is a double.
  private static final double EXACT = 0x1p53;

  private final List<Bound> bounds;

  private Bounds(List<Bound> bounds) {
    this.bounds = List.copyOf(bounds);
  }

  /// Of one component: numbers from `least` to `most`, texts of `shortest` to `longest` characters.
  private record Bound(double least, double most, int shortest, int longest) {
    static final Bound NONE =
        new Bound(
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Integer.MIN_VALUE,
            Integer.MAX_VALUE);

    boolean holds(@Nullable Object value) {
      return switch (value) {
        case null -> true;
        case Double number -> number >= least && number <= most;
        case Integer number -> number >= least && number <= most;
        case Long number -> Math.abs((double) number) < EXACT && number >= least && number <= most;
        case String text -> text.length() >= shortest && text.length() <= longest;
        default -> equals(NONE);
      };
    }
  }

  /// Empty where the record asks for anything else.
  static Optional<Bounds> of(BeanIntrospection<?> type) {
    List<Bound> bounds = new ArrayList<>();
    for (Argument<?> component : type.getConstructorArguments()) {
      Optional<Bound> bound = of(component);
      if (bound.isEmpty()) {
        return Optional.empty();
      }
      bounds.add(bound.get());
    }
    Set<String> components =
        Stream.of(type.getConstructorArguments())
            .map(Argument::getName)
            .collect(Collectors.toSet());
    boolean elsewhere =
        !constraints(type).isEmpty()
            || type.getBeanProperties().stream()
                .anyMatch(
                    property ->
                        !components.contains(property.getName())
                            && !constraints(property).isEmpty());
    return elsewhere ? Optional.empty() : Optional.of(new Bounds(bounds));
  }

  private static Optional<Bound> of(Argument<?> component) {
    boolean understood =
        UNDERSTOOD.containsAll(constraints(component))
            && !component.getAnnotationMetadata().hasAnnotation(Valid.class)
            && Stream.of(component.getTypeParameters())
                .allMatch(item -> constraints(item).isEmpty());
    return understood ? understood(component.getAnnotationMetadata()) : Optional.empty();
  }

  private static Optional<Bound> understood(AnnotationMetadata annotations) {
    Bound bound = Bound.NONE;
    for (AnnotationValue<?> min : values(annotations, Min.class, DecimalMin.class)) {
      Optional<Double> limit = limit(min);
      if (limit.isEmpty()) {
        return Optional.empty();
      }
      bound =
          new Bound(
              Math.max(bound.least(), limit.get()),
              bound.most(),
              bound.shortest(),
              bound.longest());
    }
    for (AnnotationValue<?> max : values(annotations, Max.class, DecimalMax.class)) {
      Optional<Double> limit = limit(max);
      if (limit.isEmpty()) {
        return Optional.empty();
      }
      bound =
          new Bound(
              bound.least(),
              Math.min(bound.most(), limit.get()),
              bound.shortest(),
              bound.longest());
    }
    for (AnnotationValue<?> size : values(annotations, Size.class)) {
      bound =
          new Bound(
              bound.least(),
              bound.most(),
              size.intValue("min").orElse(0),
              size.intValue("max").orElse(Integer.MAX_VALUE));
    }
    return Optional.of(bound);
  }

  @SafeVarargs
  private static List<AnnotationValue<?>> values(
      AnnotationMetadata annotations, Class<? extends Annotation>... types) {
    List<AnnotationValue<?>> values = new ArrayList<>();
    for (Class<? extends Annotation> type : types) {
      values.addAll(annotations.getAnnotationValuesByType(type));
    }
    return values;
  }

  /// Empty where a double does not hold it, or it is not itself allowed.
  private static Optional<Double> limit(AnnotationValue<?> bound) {
    BigDecimal limit = new BigDecimal(bound.stringValue().orElseThrow());
    boolean exact =
        new BigDecimal(limit.doubleValue()).compareTo(limit) == 0
            && bound.booleanValue("inclusive").orElse(true);
    return exact ? Optional.of(limit.doubleValue()) : Optional.empty();
  }

  private static List<String> constraints(AnnotationMetadataProvider element) {
    return element.getAnnotationMetadata().getAnnotationNamesByStereotype(Constraint.class);
  }

  /// Whether all values, in the order of the components, are within.
  boolean hold(@Nullable Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!bounds.get(i).holds(values[i])) {
        return false;
      }
    }
    return true;
  }
}
