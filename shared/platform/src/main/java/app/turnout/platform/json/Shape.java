package app.turnout.platform.json;

import io.micronaut.json.tree.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How one Java type is read from JSON: no coercion, every fault told with its path.
interface Shape {
  /// The value at this path, never for a JSON null; null when there were faults.
  @Nullable Object read(JsonNode node, String path, Faults faults);

  /// Any JSON whose texts are clean.
  Shape ANY =
      (node, path, faults) -> {
        int before = faults.count();
        clean(node, path, faults);
        return faults.count() == before ? node : null;
      };

  Shape STRING = (node, path, faults) -> string(node, path, faults);

  Shape BOOLEAN =
      (node, path, faults) -> {
        if (node.isBoolean()) {
          return node.getBooleanValue();
        }
        faults.add(path, "type", "must be true or false");
        return null;
      };

  Shape INT =
      (node, path, faults) -> {
        BigInteger value = whole(node, path, Integer.MIN_VALUE, Integer.MAX_VALUE, faults);
        return value == null ? null : value.intValue();
      };

  Shape LONG =
      (node, path, faults) -> {
        BigInteger value = whole(node, path, Long.MIN_VALUE, Long.MAX_VALUE, faults);
        return value == null ? null : value.longValue();
      };

  Shape DOUBLE =
      (node, path, faults) -> {
        if (!node.isNumber()) {
          faults.add(path, "type", "must be a number");
          return null;
        }
        double value = node.getNumberValue().doubleValue();
        if (!Double.isFinite(value)) {
          faults.add(path, "range", "must be a number that 64 bits can hold");
          return null;
        }
        return value;
      };

  Shape DECIMAL =
      (node, path, faults) -> {
        if (node.isNumber() && node.getNumberValue() instanceof BigDecimal decimal) {
          return decimal;
        }
        if (node.isNumber() && !(node.getNumberValue() instanceof Double)) {
          return new BigDecimal(node.getNumberValue().toString());
        }
        faults.add(path, "type", "must be a number");
        return null;
      };

  /// Text in a form of its own.
  static Shape text(Function<String, ?> parse, String rule) {
    return (node, path, faults) -> {
      String text = string(node, path, faults);
      if (text == null) {
        return null;
      }
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException e) {
        faults.add(path, rule, String.valueOf(e.getMessage()));
        return null;
      }
    };
  }

  /// An array, whose items may be null only where the type says so.
  static Shape list(Shape item, boolean nullableItems, boolean distinct) {
    return (node, path, faults) -> {
      if (!node.isArray()) {
        faults.add(path, "type", "must be an array");
        return null;
      }
      int before = faults.count();
      List<@Nullable Object> items = new ArrayList<>(node.size());
      int index = 0;
      for (JsonNode value : node.values()) {
        items.add(element(item, nullableItems, value, path + "[" + index++ + "]", faults));
      }
      if (faults.count() > before) {
        return null;
      }
      return distinct ? new LinkedHashSet<>(items) : items;
    };
  }

  /// An object whose names are data.
  static Shape map(Shape value, boolean nullableValues) {
    return (node, path, faults) -> {
      if (!node.isObject()) {
        faults.add(path, "type", "must be an object");
        return null;
      }
      int before = faults.count();
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : node.entries()) {
        String entryPath = path + "." + Texts.printable(entry.getKey());
        if (!Texts.isClean(entry.getKey())) {
          faults.add(entryPath, "characters", UNCLEAN);
        }
        entries.put(
            entry.getKey(), element(value, nullableValues, entry.getValue(), entryPath, faults));
      }
      return faults.count() == before ? entries : null;
    };
  }

  String UNCLEAN = "must not contain U+0000 or half a surrogate pair";

  private static @Nullable Object element(
      Shape shape, boolean nullable, JsonNode value, String path, Faults faults) {
    if (!value.isNull()) {
      return shape.read(value, path, faults);
    }
    if (!nullable) {
      faults.add(path, "required", "must not be null");
    }
    return null;
  }

  private static @Nullable String string(JsonNode node, String path, Faults faults) {
    if (!node.isString()) {
      faults.add(path, "type", "must be a string");
      return null;
    }
    String text = node.getStringValue();
    if (!Texts.isClean(text)) {
      faults.add(path, "characters", UNCLEAN);
      return null;
    }
    return text;
  }

  private static @Nullable BigInteger whole(
      JsonNode node, String path, long least, long most, Faults faults) {
    if (!node.isNumber()
        || node.getNumberValue() instanceof BigDecimal
        || node.getNumberValue() instanceof Double) {
      faults.add(path, "type", "must be a whole number");
      return null;
    }
    BigInteger value = new BigInteger(node.getNumberValue().toString());
    if (value.compareTo(BigInteger.valueOf(least)) < 0
        || value.compareTo(BigInteger.valueOf(most)) > 0) {
      faults.add(path, "range", "must be from " + least + " to " + most);
      return null;
    }
    return value;
  }

  private static void clean(JsonNode node, String path, Faults faults) {
    if (node.isString()) {
      string(node, path, faults);
    } else if (node.isArray()) {
      int index = 0;
      for (JsonNode item : node.values()) {
        clean(item, path + "[" + index++ + "]", faults);
      }
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> entry : node.entries()) {
        String entryPath = path + "." + Texts.printable(entry.getKey());
        if (!Texts.isClean(entry.getKey())) {
          faults.add(entryPath, "characters", UNCLEAN);
        }
        clean(entry.getValue(), entryPath, faults);
      }
    }
  }
}
