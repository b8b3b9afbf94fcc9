package app.turnout.runner.function;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The types that a class gives for `RequestHandler<I, O>`, wherever above it they are written.
record HandlerTypes(Type input, Type output) {
  static HandlerTypes of(Class<?> handler) {
    HandlerTypes found = search(handler, Map.of());
    return found == null ? new HandlerTypes(Object.class, Object.class) : found;
  }

  private static @Nullable HandlerTypes search(Type type, Map<TypeVariable<?>, Type> outer) {
    Map<TypeVariable<?>, Type> arguments = new HashMap<>();
    if (type instanceof ParameterizedType parameterized
        && parameterized.getRawType() instanceof Class<?> raw) {
      TypeVariable<?>[] variables = raw.getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        arguments.put(variables[i], known(parameterized.getActualTypeArguments()[i], outer));
      }
      if (raw == RequestHandler.class) {
        return new HandlerTypes(
            arguments.getOrDefault(variables[0], Object.class),
            arguments.getOrDefault(variables[1], Object.class));
      }
      return searchAbove(raw, arguments);
    }
    return type instanceof Class<?> plain ? searchAbove(plain, arguments) : null;
  }

  private static @Nullable HandlerTypes searchAbove(
      Class<?> type, Map<TypeVariable<?>, Type> arguments) {
    for (Type above : type.getGenericInterfaces()) {
      HandlerTypes found = search(above, arguments);
      if (found != null) {
        return found;
      }
    }
    Type parent = type.getGenericSuperclass();
    return parent == null ? null : search(parent, arguments);
  }

  private static Type known(Type type, Map<TypeVariable<?>, Type> outer) {
    return type instanceof TypeVariable<?> variable
        ? outer.getOrDefault(variable, Object.class)
        : type;
  }
}
