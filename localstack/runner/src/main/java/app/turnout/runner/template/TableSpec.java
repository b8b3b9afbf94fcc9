package app.turnout.runner.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A DynamoDB table.
///
/// @param name that it has where it is
/// @param creation the request that makes it, as `CreateTable` takes it
public record TableSpec(String id, String name, Map<String, Object> creation) {
  private static final List<String> COPIED =
      List.of(
          "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "LocalSecondaryIndexes");

  static TableSpec read(PropertyReader properties, ResourceValues values) {
    String name = values.name(properties.text("TableName").orElse(properties.id()));
    Map<String, Object> creation = new LinkedHashMap<>();
    creation.put("TableName", name);
    creation.put("BillingMode", "PAY_PER_REQUEST");
    for (String property : COPIED) {
      properties.find(property).ifPresent(value -> creation.put(property, value));
    }
    return new TableSpec(properties.id(), name, creation);
  }
}
