package app.turnout.platform.json;

import app.turnout.platform.problem.FieldError;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Jakarta's constraints, told as rules of ours.
@Singleton
public final class Constraints {
  /// Made when something is checked: it brings fifty validators along.
  private final BeanProvider<Validator> validator;

  Constraints(BeanProvider<Validator> validator) {
    this.validator = validator;
  }

  /// A whole record; what it contains is checked when it is read.
  <T> void check(T value, String path, Faults faults) {
    tell(validator.get().validate(value), path, faults);
  }

  /// One component of a record that cannot be made, others being wrong.
  <T> void check(Class<T> type, String component, Object value, String path, Faults faults) {
    tell(validator.get().validateValue(type, component, value), path, faults);
  }

  private static <T> void tell(Set<ConstraintViolation<T>> violations, String path, Faults faults) {
    for (ConstraintViolation<T> violation : violations) {
      FieldError error = error(violation, path(violation.getPropertyPath(), path));
      faults.add(error.field(), error.rule(), error.message());
    }
  }

  /// A violation as an error of the field at this path.
  public static FieldError error(ConstraintViolation<?> violation, String path) {
    Annotation constraint = violation.getConstraintDescriptor().getAnnotation();
    Map<String, Object> attributes = violation.getConstraintDescriptor().getAttributes();
    Object value = violation.getInvalidValue();
    return switch (constraint) {
      case Size size -> size(attributes, value, path);
      case Min min -> new FieldError(path, "min", "must be at least " + attributes.get("value"));
      case DecimalMin min ->
          new FieldError(path, "min", "must be at least " + attributes.get("value"));
      case Max max -> new FieldError(path, "max", "must be at most " + attributes.get("value"));
      case DecimalMax max ->
          new FieldError(path, "max", "must be at most " + attributes.get("value"));
      case Email email -> new FieldError(path, "email", "must be an e-mail address");
      case NotNull notNull -> new FieldError(path, "required", "is required");
      case Pattern pattern ->
          new FieldError(path, "pattern", "must match " + attributes.get("regexp"));
      default ->
          new FieldError(
              path,
              WireName.of(constraint.annotationType().getSimpleName()),
              violation.getMessage());
    };
  }

  private static FieldError size(
      Map<String, Object> attributes, @Nullable Object value, String path) {
    String unit = value instanceof CharSequence ? "length" : "items";
    String noun = value instanceof CharSequence ? " characters" : " items";
    int least = ((Number) attributes.getOrDefault("min", 0)).intValue();
    int most = ((Number) attributes.getOrDefault("max", Integer.MAX_VALUE)).intValue();
    return sizeOf(value) < least
        ? new FieldError(path, "min_" + unit, "must have at least " + least + noun)
        : new FieldError(path, "max_" + unit, "must have at most " + most + noun);
  }

  private static int sizeOf(@Nullable Object value) {
    return switch (value) {
      case CharSequence text -> text.length();
      case Collection<?> items -> items.size();
      case Map<?, ?> entries -> entries.size();
      case null, default -> 0;
    };
  }

  private static String path(Path nodes, String prefix) {
    String path = prefix;
    for (Path.Node node : nodes) {
      switch (node.getKind()) {
        case PROPERTY -> {
          path = index(path, node);
          path = RecordShape.join(path, WireName.of(node.getName()));
        }
        case CONTAINER_ELEMENT -> path = index(path, node);
        case BEAN, CONSTRUCTOR, METHOD, PARAMETER, CROSS_PARAMETER, RETURN_VALUE -> {}
      }
    }
    return path;
  }

  private static String index(String path, Path.Node node) {
    if (node.getIndex() != null) {
      return path + "[" + node.getIndex() + "]";
    }
    return node.getKey() == null ? path : path + "." + Texts.printable(node.getKey().toString());
  }
}
