package app.turnout.platform.json;

import app.turnout.platform.json.JsonReader.Reading;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a PATCH asks for, by JSON merge patch (RFC 7396): fields that are there change, null takes
/// a value away. An endpoint takes it as its body; what it makes of the present state is read as
/// strictly as a PUT of the whole.
///
/// @param <T> the record that a PUT takes
public final class MergePatch<T> {
  /// Media type of such a patch; `application/json` is taken as one too.
  public static final String MEDIA_TYPE = "application/merge-patch+json";

  private final JsonNode patch;
  private final Class<T> type;
  private final JsonReader reader;
  private final JsonMapper mapper;

  MergePatch(JsonNode patch, Class<T> type, JsonReader reader, JsonMapper mapper) {
    this.patch = patch;
    this.type = type;
    this.reader = reader;
    this.mapper = mapper;
  }

  /// The present state with the patch on it; 422 with every fault when that cannot be.
  public T appliedTo(T present) {
    return switch (reader.read(merge(tree(present), patch), type)) {
      case Reading.Good<T>(T value) -> value;
      case Reading.Faulty<T>(List<FieldError> errors) ->
          throw ProblemException.invalidFields(errors);
    };
  }

  /// Whether it says anything of a field, and be it null.
  public boolean mentions(String field) {
    return patch.get(field) != null;
  }

  /// A null stays as one: to the reader it is the same as a field that is not there, and it tells
  /// that a field of a wrong name was meant.
  private static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!patch.isObject() || !target.isObject()) {
      return patch;
    }
    Map<String, JsonNode> merged = new LinkedHashMap<>();
    target.entries().forEach(entry -> merged.put(entry.getKey(), entry.getValue()));
    patch
        .entries()
        .forEach(entry -> merged.merge(entry.getKey(), entry.getValue(), MergePatch::merge));
    return JsonNode.createObjectNode(merged);
  }

  private JsonNode tree(T present) {
    try {
      return mapper.writeValueToTree(present);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
