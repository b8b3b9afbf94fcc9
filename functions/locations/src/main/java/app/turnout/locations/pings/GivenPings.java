package app.turnout.locations.pings;

import app.turnout.locations.Ping;
import app.turnout.locations.PingMessage;
import app.turnout.platform.json.JsonReader;
import app.turnout.platform.json.Texts;
import app.turnout.platform.problem.FieldError;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The pings in a body, each read by itself: what is wrong with one says nothing of the others.
///
/// @param alone whether the body was one ping and not a list
/// @param pings those that can be read
/// @param indexes where each of `pings` stood in the body
/// @param faults of those that cannot be read, by where they stood; fields are the ping's
record GivenPings(
    boolean alone,
    List<Ping> pings,
    List<Integer> indexes,
    SortedMap<Integer, List<FieldError>> faults) {
  private static final String LIST = "locations";

  /// Throws [ProblemException]: 400 when the body is no JSON object, 422 when its list is none, is
  /// empty or too long.
  static GivenPings read(byte[] body, JsonReader json) {
    JsonNode node = json.parse(body);
    if (!node.isObject()) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, "The body must be a JSON object, not another value");
    }
    JsonNode list = node.get(LIST);
    if (list == null) {
      return read(true, List.of(node), json);
    }
    requireList(node, list);
    List<JsonNode> items = new ArrayList<>();
    list.values().forEach(items::add);
    return read(false, items, json);
  }

  private static void requireList(JsonNode body, JsonNode list) {
    List<FieldError> errors = new ArrayList<>();
    if (!list.isArray()) {
      errors.add(new FieldError(LIST, "type", "must be an array"));
    } else if (list.size() == 0) {
      errors.add(new FieldError(LIST, "min_items", "must have at least 1 items"));
    } else if (list.size() > PingMessage.MOST_PINGS) {
      errors.add(
          new FieldError(
              LIST, "max_items", "must have at most " + PingMessage.MOST_PINGS + " items"));
    }
    for (Map.Entry<String, JsonNode> entry : body.entries()) {
      if (!entry.getKey().equals(LIST) && errors.size() < 100) {
        errors.add(
            new FieldError(
                Texts.printable(entry.getKey()),
                "unknown_field",
                "is not a field of this request"));
      }
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalidFields(errors);
    }
  }

  private static GivenPings read(boolean alone, List<JsonNode> items, JsonReader json) {
    List<Ping> pings = new ArrayList<>(items.size());
    List<Integer> indexes = new ArrayList<>(items.size());
    SortedMap<Integer, List<FieldError>> faults = new TreeMap<>();
    for (int i = 0; i < items.size(); i++) {
      switch (json.read(items.get(i), PingRequest.class)) {
        case JsonReader.Reading.Good<PingRequest>(PingRequest ping) -> {
          pings.add(ping.toPing());
          indexes.add(i);
        }
        case JsonReader.Reading.Faulty<PingRequest>(List<FieldError> errors) ->
            faults.put(i, errors);
      }
    }
    return new GivenPings(alone, pings, indexes, faults);
  }

  /// Where a ping's field stands in the body.
  String path(int index, String field) {
    if (alone) {
      return field;
    }
    String item = LIST + "[" + index + "]";
    return field.isEmpty() ? item : item + "." + field;
  }
}
