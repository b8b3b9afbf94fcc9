package app.turnout.acceptance;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/// The order of test classes: by `@Order`, as `junit-platform.properties` asks. It knows which ones
/// will run before the first does.
public final class InOrder implements ClassOrderer {
  private static volatile Set<Class<?>> classes = Set.of();

  private final ClassOrderer byAnnotation = new ClassOrderer.OrderAnnotation();

  @Override
  public void orderClasses(ClassOrdererContext context) {
    byAnnotation.orderClasses(context);
    classes =
        context.getClassDescriptors().stream()
            .map(ClassDescriptor::getTestClass)
            .collect(Collectors.toUnmodifiableSet());
  }

  /// Whether a class is among those that run.
  static boolean has(Class<?> testClass) {
    return classes.contains(testClass);
  }
}
