package app.turnout.platform.json;

import app.turnout.platform.problem.ProblemException;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.reflect.exception.InstantiationException;
import io.micronaut.json.tree.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A record read from an object: its components by their wire names, then the constraints it
/// carries.
final class RecordShape<T> implements Shape {
  /// @param javaName as the record has it
  /// @param wireName as the JSON has it
  /// @param nullable whether it may be null or missing
  record Component(String javaName, String wireName, boolean nullable, Shape shape) {}

  private final BeanIntrospection<T> type;
  private final boolean ignoresUnknown;
  private final Constraints constraints;
  private final Optional<Bounds> bounds;
  private final Map<String, Integer> indexes = new HashMap<>();
  // Filled in after construction: a record may contain itself.
  private List<Component> components = List.of();

  RecordShape(BeanIntrospection<T> type, boolean ignoresUnknown, Constraints constraints) {
    this.type = type;
    this.ignoresUnknown = ignoresUnknown;
    this.constraints = constraints;
    this.bounds = Bounds.of(type);
  }

  void components(List<Component> components) {
    this.components = List.copyOf(components);
    for (int i = 0; i < components.size(); i++) {
      indexes.put(components.get(i).wireName(), i);
    }
  }

  @Override
  public @Nullable T read(JsonNode node, String path, Faults faults) {
    if (!node.isObject()) {
      faults.add(path, "type", "must be an object");
      return null;
    }
    int before = faults.count();
    @Nullable Object[] values = new Object[components.size()];
    boolean[] good = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      Component component = components.get(i);
      int beforeComponent = faults.count();
      values[i] = component(component, node.get(component.wireName()), path, faults);
      good[i] = faults.count() == beforeComponent;
    }
    if (!ignoresUnknown) {
      for (Map.Entry<String, JsonNode> entry : node.entries()) {
        if (!indexes.containsKey(entry.getKey())) {
          String name = Texts.printable(entry.getKey());
          faults.add(join(path, name), "unknown_field", "is not a field of this request");
        }
      }
    }
    if (faults.count() > before) {
      for (int i = 0; i < values.length; i++) {
        if (good[i] && values[i] != null) {
          constraints.check(
              type.getBeanType(), components.get(i).javaName(), values[i], path, faults);
        }
      }
      return null;
    }
    T value = instantiate(values, path, faults);
    if (value != null && !(bounds.isPresent() && bounds.get().hold(values))) {
      constraints.check(value, path, faults);
    }
    return faults.count() == before ? value : null;
  }

  private static @Nullable Object component(
      Component component, @Nullable JsonNode node, String path, Faults faults) {
    String componentPath = join(path, component.wireName());
    if (node != null && !node.isNull()) {
      return component.shape().read(node, componentPath, faults);
    }
    if (!component.nullable()) {
      faults.add(componentPath, "required", node == null ? "is required" : "must not be null");
    }
    return null;
  }

  private @Nullable T instantiate(@Nullable Object[] values, String path, Faults faults) {
    try {
      return type.instantiate(false, values);
    } catch (IllegalArgumentException e) {
      refused(e, path, faults);
      return null;
    } catch (InstantiationException e) {
      if (e.getCause() instanceof ProblemException problem) {
        throw problem;
      }
      if (e.getCause() instanceof IllegalArgumentException cause) {
        refused(cause, path, faults);
        return null;
      }
      throw e;
    }
  }

  /// The record's own constructor has rules too.
  private static void refused(IllegalArgumentException e, String path, Faults faults) {
    String message = e.getMessage();
    faults.add(
        path.isEmpty() ? "body" : path, "invalid", message == null ? "is not valid" : message);
  }

  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
