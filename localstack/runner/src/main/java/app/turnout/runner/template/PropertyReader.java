package app.turnout.runner.template;

import app.turnout.runner.RunnerException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Typed access to properties, worked out as they are read.
final class PropertyReader {
  private final String id;
  private final Map<String, ? extends @Nullable Object> properties;
  private final Resolution resolution;

  PropertyReader(TemplateResource resource, Resolution resolution) {
    this(resource.id(), resource.properties(), resolution);
  }

  PropertyReader(
      String id, Map<String, ? extends @Nullable Object> properties, Resolution resolution) {
    this.id = id;
    this.properties = properties;
    this.resolution = resolution;
  }

  String id() {
    return id;
  }

  Optional<Object> find(String name) {
    return Optional.ofNullable(resolution.resolve(properties.get(name)));
  }

  Optional<String> text(String name) {
    return find(name).map(Object::toString);
  }

  String requiredText(String name) {
    return text(name).orElseThrow(() -> failure(name + " is missing"));
  }

  int integer(String name, int otherwise) {
    try {
      return text(name).map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException e) {
      throw failure(name + " is not a whole number");
    }
  }

  boolean truth(String name, boolean otherwise) {
    return text(name).map(Boolean::parseBoolean).orElse(otherwise);
  }

  List<String> texts(String name) {
    return switch (find(name).orElse(List.of())) {
      case List<?> list -> list.stream().map(String::valueOf).toList();
      case Object one -> List.of(one.toString());
    };
  }

  PropertyReader section(String name) {
    Object value = find(name).orElse(Map.of());
    return new PropertyReader(id + "." + name, Template.section(value), resolution);
  }

  List<PropertyReader> sections(String name) {
    return Template.section(properties.get(name)).entrySet().stream()
        .map(
            entry ->
                new PropertyReader(entry.getKey(), Template.section(entry.getValue()), resolution))
        .toList();
  }

  RunnerException failure(String what) {
    return new RunnerException("template.yaml: " + id + ": " + what);
  }
}
