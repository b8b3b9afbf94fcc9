package app.turnout.platform.json;

import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.beans.BeanIntrospector;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.config.annotation.SerdeConfig;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Reads JSON into introspected records. A component is required unless it is `@Nullable`; nothing
/// is coerced; a field that the record does not have is a fault, unless the record is
/// `@JsonIgnoreProperties(ignoreUnknown = true)`; constraints hold at every depth without `@Valid`.
///
/// Components may be strings, booleans, numbers, [UUID], [OffsetDateTime], [Instant], [LocalDate],
/// [LocalTime], [ZoneId], enums, other such records, lists, sets, maps by string, and [JsonNode]
/// for what is read later.
@Singleton
public final class JsonReader {
  private static final Map<Class<?>, Shape> SCALARS =
      Map.ofEntries(
          Map.entry(String.class, Shape.STRING),
          Map.entry(boolean.class, Shape.BOOLEAN),
          Map.entry(Boolean.class, Shape.BOOLEAN),
          Map.entry(int.class, Shape.INT),
          Map.entry(Integer.class, Shape.INT),
          Map.entry(long.class, Shape.LONG),
          Map.entry(Long.class, Shape.LONG),
          Map.entry(double.class, Shape.DOUBLE),
          Map.entry(Double.class, Shape.DOUBLE),
          Map.entry(BigDecimal.class, Shape.DECIMAL),
          Map.entry(UUID.class, Shape.text(Texts::uuid, "uuid")),
          Map.entry(OffsetDateTime.class, Shape.text(Texts::offsetDateTime, "date_time")),
          Map.entry(Instant.class, Shape.text(Texts::instant, "date_time")),
          Map.entry(LocalDate.class, Shape.text(Texts::date, "date")),
          Map.entry(LocalTime.class, Shape.text(Texts::time, "time")),
          Map.entry(ZoneId.class, Shape.text(Texts::zone, "time_zone")),
          Map.entry(JsonNode.class, Shape.ANY));

  private final Constraints constraints;
  private final JsonMapper mapper;
  private final Map<Class<?>, RecordShape<?>> records = new ConcurrentHashMap<>();

  JsonReader(Constraints constraints, JsonMapper mapper) {
    this.constraints = constraints;
    this.mapper = mapper;
  }

  /// What a piece of JSON turned out to be.
  public sealed interface Reading<T> {
    /// As the record wants it.
    record Good<T>(T value) implements Reading<T> {}

    /// Paths are relative to the piece.
    record Faulty<T>(List<FieldError> errors) implements Reading<T> {
      public Faulty {
        errors = List.copyOf(errors);
      }
    }
  }

  /// The record in a body; 400 when there is no JSON object in these bytes, 422 with every fault
  /// when it is not this record.
  public <T> T read(byte[] body, Class<T> type) {
    return switch (read(object(body), type)) {
      case Reading.Good<T>(T value) -> value;
      case Reading.Faulty<T>(List<FieldError> errors) ->
          throw ProblemException.invalidFields(errors);
    };
  }

  /// The patch in a body, for what is this record; 400 when there is no JSON object in these bytes.
  public <T> MergePatch<T> patch(byte[] body, Class<T> type) {
    return new MergePatch<>(object(body), type, this, mapper);
  }

  private static JsonNode object(byte[] body) {
    JsonNode node = JsonText.parse(body);
    if (!node.isObject()) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, "The body must be a JSON object, not another value");
    }
    return node;
  }

  /// The JSON in a body, whatever value it is; 400 when there is none in these bytes.
  public JsonNode parse(byte[] body) {
    return JsonText.parse(body);
  }

  /// The record in a piece of JSON already parsed.
  public <T> Reading<T> read(JsonNode node, Class<T> type) {
    Faults faults = new Faults();
    T value = shapeOf(type).read(node, "", faults);
    return value == null ? new Reading.Faulty<>(faults.list()) : new Reading.Good<>(value);
  }

  @SuppressWarnings("unchecked")
  private <T> RecordShape<T> shapeOf(Class<T> type) {
    RecordShape<?> known = records.get(type);
    if (known == null) {
      known = new Builder().shapeOf(type);
      records.putIfAbsent(type, known);
    }
    return (RecordShape<T>) known;
  }

  /// Makes the shapes of one type and of what it contains.
  private final class Builder {
    private final Map<Class<?>, RecordShape<?>> begun = new HashMap<>();

    <T> RecordShape<?> shapeOf(Class<T> type) {
      RecordShape<?> same = begun.get(type);
      if (same != null) {
        return same;
      }
      BeanIntrospection<T> introspection = BeanIntrospector.SHARED.getIntrospection(type);
      RecordShape<T> shape =
          new RecordShape<>(introspection, ignoresUnknown(introspection), constraints);
      begun.put(type, shape);
      List<RecordShape.Component> components = new ArrayList<>();
      for (Argument<?> argument : introspection.getConstructorArguments()) {
        components.add(
            new RecordShape.Component(
                argument.getName(),
                WireName.of(argument),
                argument.isNullable(),
                shapeOf(argument)));
      }
      shape.components(components);
      return shape;
    }

    private Shape shapeOf(Argument<?> argument) {
      Class<?> type = argument.getType();
      Shape scalar = SCALARS.get(type);
      if (scalar != null) {
        return scalar;
      }
      if (type.isEnum()) {
        return constant(type);
      }
      if (Collection.class.isAssignableFrom(type)) {
        Argument<?> item = argument.getFirstTypeVariable().orElse(Argument.OBJECT_ARGUMENT);
        return Shape.list(shapeOf(item), item.isNullable(), Set.class.isAssignableFrom(type));
      }
      if (Map.class.isAssignableFrom(type)) {
        Argument<?> value = argument.getTypeVariable("V").orElse(Argument.OBJECT_ARGUMENT);
        return Shape.map(shapeOf(value), value.isNullable());
      }
      return shapeOf(type);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Shape constant(Class<?> type) {
      return Shape.text(text -> Texts.constant((Class<Enum>) type, text), "enum");
    }

    private static boolean ignoresUnknown(AnnotationMetadata type) {
      return type.booleanValue(SerdeConfig.SerIgnored.class, SerdeConfig.SerIgnored.IGNORE_UNKNOWN)
          .orElse(false);
    }
  }

  /// Whether bodies of this type are read here.
  public static boolean reads(@Nullable Class<?> type) {
    return type != null && type.isRecord();
  }
}
