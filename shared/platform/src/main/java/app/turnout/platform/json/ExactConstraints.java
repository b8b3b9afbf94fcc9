package app.turnout.platform.json;

import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.validation.validator.constraints.ConstraintValidator;
import io.micronaut.validation.validator.constraints.DefaultConstraintValidators;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.annotation.Annotation;
import java.util.Optional;

/// `@Min` and `@Max` of doubles as they are. Micronaut's own drop the fraction first, so that 90.5
/// is at most 90.
@Singleton
@Replaces(DefaultConstraintValidators.class)
final class ExactConstraints extends DefaultConstraintValidators {
  private static final ConstraintValidator<Min, Double> MIN =
      (value, constraint, context) -> value == null || value >= limit(constraint);
  private static final ConstraintValidator<Max, Double> MAX =
      (value, constraint, context) -> value == null || value <= limit(constraint);

  ExactConstraints(BeanContext context) {
    super(context);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <A extends Annotation, T> Optional<ConstraintValidator<A, T>> findConstraintValidator(
      Class<A> constraint, Class<T> type) {
    if (type == (Class<?>) double.class || type == (Class<?>) Double.class) {
      if (constraint == (Class<?>) Min.class) {
        return Optional.of((ConstraintValidator<A, T>) (ConstraintValidator<?, ?>) MIN);
      }
      if (constraint == (Class<?>) Max.class) {
        return Optional.of((ConstraintValidator<A, T>) (ConstraintValidator<?, ?>) MAX);
      }
    }
    return super.findConstraintValidator(constraint, type);
  }

  private static double limit(AnnotationValue<?> constraint) {
    return constraint.longValue().orElseThrow();
  }
}
