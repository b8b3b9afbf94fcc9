package app.turnout.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// As micronaut-openapi writes it.
  private static final String COMPILED =
      """
      {"openapi": "3.0.1",
       "paths": {
         "/api/v1/rides": {
           "get": {
             "operationId": "list",
             "summary": "The rides.",
             "description": "The rides.",
             "parameters": [
               {"name": "page", "in": "query", "required": true,
                "schema": {"$ref": "#/components/schemas/PageRequest"}},
               {"name": "mood", "in": "query",
                "schema": {"nullable": true, "type": "string", "enum": ["VERY_GLAD", "SAD"]}}],
             "responses": {"200": {"description": "list 200 response", "content": {
               "application/json": {"schema": {"$ref": "#/components/schemas/Page_Ride_"}}}}}},
           "post": {
             "operationId": "create",
             "requestBody": {"content": {"application/json": {
               "schema": {"$ref": "#/components/schemas/NewRide"}}}},
             "responses": {"201": {"description": "made", "content": {
               "application/json": {"schema": {"$ref": "#/components/schemas/Ride"}}}}},
             "security": [{"access_token": []}]}},
         "/api/v1/rides/{ride_id}": {
           "get": {
             "operationId": "get",
             "responses": {"200": {"description": "it", "content": {
               "application/json": {"schema": {"$ref": "#/components/schemas/Ride"}}}}}},
           "patch": {
             "operationId": "change",
             "requestBody": {"content": {"application/merge-patch+json": {"schema": {
               "required": ["expected"],
               "allOf": [
                 {"$ref": "#/components/schemas/MergePatch_NewRide_"},
                 {"type": "object", "properties": {
                   "expected": {"$ref": "#/components/schemas/ExpectedVersion"}}}]}}}},
             "responses": {"200": {"description": "it", "content": {
               "application/json": {"schema": {"$ref": "#/components/schemas/Ride"}}}}}},
           "delete": {
             "operationId": "remove",
             "responses": {"204": {"description": "gone"}}}},
         "/api/v1/rides/latest": {
           "get": {
             "operationId": "latest",
             "responses": {"200": {"description": "it", "content": {
               "text/plain": {"schema": {"type": "string"}}}}}}}},
       "components": {"schemas": {
         "PageRequest": {"type": "object", "properties": {"limit": {"type": "integer"}}},
         "Page_Ride_": {"required": ["data"], "type": "object", "properties": {
           "data": {"type": "array", "items": {"$ref": "#/components/schemas/Ride"}},
           "nextCursor": {"type": "string", "nullable": true}}},
         "MergePatch_NewRide_": {"type": "object"},
         "ExpectedVersion": {"type": "object"},
         "Seat": {"required": ["row"], "type": "object", "properties": {
           "row": {"type": "integer"}}},
         "NewRide": {"required": ["title"], "type": "object", "properties": {
           "seat": {"$ref": "#/components/schemas/Seat"},
           "title": {"type": "string", "pattern": "[a-z]+", "maxLength": 9},
           "startsAt": {"type": "string", "format": "date-time", "nullable": true}}},
         "Ride": {"required": ["id", "startsAt"], "type": "object", "properties": {
           "id": {"type": "string", "format": "uuid"},
           "startsAt": {"type": "string", "format": "date-time"},
           "_odd": {"type": "integer", "nullable": true},
           "mood": {"nullable": true, "allOf": [{"$ref": "#/components/schemas/Mood"}]}}},
         "Mood": {"type": "string", "enum": ["VERY_GLAD", "SAD"]}}}}
      """;

  private static final String RIDE =
      """
      {"id": "0190b5d0-0000-7000-8000-000000000001", "starts_at": "2026-01-01T00:00:00Z",
       "_odd": null, "mood": "very_glad"}
      """;

  private final JsonNode document = document();
  private final OpenApiResponses contract = OpenApiResponses.of(document);

  private static JsonNode document() {
    try {
      return OpenApiDocument.of(Map.of("rides", JSON.readTree(COMPILED)), "1.0");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void fieldsEnumsAndNullsAreAsOnTheWire() {
    JsonNode ride = document.at("/components/schemas/Ride");

    assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(ride.at("/properties/starts_at/format").asText()).isEqualTo("date-time");
    assertThat(ride.at("/properties/_odd/type")).hasToString("[\"integer\",\"null\"]");
    assertThat(ride.at("/properties/mood/anyOf"))
        .hasToString("[{\"$ref\":\"#/components/schemas/Mood\"},{\"type\":\"null\"}]");
    assertThat(document.at("/components/schemas/Mood/enum")).hasToString("[\"very_glad\",\"sad\"]");
  }

  @Test
  void answersHaveAllFieldsAndRequestsNoOthers() {
    assertThat(document.at("/components/schemas/Ride/required"))
        .hasToString("[\"id\",\"starts_at\",\"_odd\",\"mood\"]");
    assertThat(document.at("/components/schemas/NewRide/required")).hasToString("[\"title\"]");
    assertThat(document.at("/components/schemas/NewRide/additionalProperties").asBoolean(true))
        .isFalse();
    assertThat(document.at("/components/schemas/NewRide/properties/title/pattern").asText())
        .isEqualTo("^(?:[a-z]+)$");
  }

  @Test
  void parametersArePagesAndNeverNull() {
    JsonNode parameters = document.at("/paths/~1api~1v1~1rides/get/parameters");

    assertThat(parameters.findValuesAsText("name")).containsExactly("limit", "cursor", "mood");
    assertThat(parameters.at("/2/schema/type").asText()).isEqualTo("string");
    assertThat(document.at("/components/schemas").has("PageRequest")).isFalse();
  }

  @Test
  void patchIsOfWhatIsPutWithNothingRequired() {
    JsonNode change = document.at("/paths/~1api~1v1~1rides~1{ride_id}/patch");
    JsonNode patch = document.at("/components/schemas/NewRidePatch");

    assertThat(change.at("/requestBody/content/application~1merge-patch+json/schema/$ref").asText())
        .isEqualTo("#/components/schemas/NewRidePatch");
    assertThat(change.path("parameters").findValuesAsText("name")).containsExactly("If-Match");
    assertThat(patch.has("required")).isFalse();
    assertThat(patch.path("additionalProperties").asBoolean(true)).isFalse();
    assertThat(patch.path("properties").fieldNames())
        .toIterable()
        .containsExactly("seat", "title", "starts_at");
    assertThat(patch.at("/properties/seat/$ref").asText())
        .isEqualTo("#/components/schemas/SeatPatch");
    assertThat(document.at("/components/schemas/SeatPatch").has("required")).isFalse();
    assertThat(document.at("/components/schemas").has("ExpectedVersion")).isFalse();
  }

  @Test
  void sameNamesOfDifferentAreasStayApart() throws JsonProcessingException {
    JsonNode other =
        JSON.readTree(
            COMPILED
                .replace("/api/v1/rides", "/api/v1/walks")
                .replace("\"VERY_GLAD\", \"SAD\"]}}}}", "\"TIRED\"]}}}}"));

    JsonNode both =
        OpenApiDocument.of(Map.of("rides", JSON.readTree(COMPILED), "walks", other), "1.0");

    assertThat(both.at("/components/schemas/Mood/enum")).hasToString("[\"very_glad\",\"sad\"]");
    assertThat(both.at("/components/schemas/WalksMood/enum")).hasToString("[\"tired\"]");
    assertThat(both.toString()).contains("#/components/schemas/WalksMood");
  }

  @Test
  void answersWithinTheContractPass() {
    assertThatCode(
            () -> {
              check("GET", "/api/v1/rides/x", 200, "application/json", RIDE);
              check("GET", "/api/v1/rides/x?y=z", 200, "application/json; charset=utf-8", RIDE);
              check(
                  "GET",
                  "/api/v1/rides",
                  200,
                  "application/json",
                  "{\"data\": [%s], \"next_cursor\": null}".formatted(RIDE));
              check("POST", "/api/v1/rides", 201, "application/json", RIDE);
              check("DELETE", "/api/v1/rides/x", 204, "", "");
              check("GET", "/api/v1/rides/latest", 200, "text/plain", "now");
              check("GET", "/api/v1/rides/x", 404, "application/problem+json", problem(404));
              check("GET", "/nowhere", 404, "application/problem+json", problem(404));
            })
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET | /api/v1/rides/x | 200 | application/json | {}",
        "GET | /api/v1/rides/x | 200 | application/json | []",
        "GET | /api/v1/rides/x | 200 | application/json | no json",
        "GET | /api/v1/rides/x | 200 | application/json | ",
        "GET | /api/v1/rides/x | 200 | text/html | <p>",
        "GET | /api/v1/rides/x | 201 | application/json | {}",
        "GET | /api/v1/rides/x | 404 | application/json | {}",
        "GET | /api/v1/rides/x | 404 | application/problem+json | {\"title\": \"x\"}",
        "DELETE | /api/v1/rides/x | 204 | application/json | {}",
        "GET | /nowhere | 200 | application/json | {}"
      })
  void answersOutsideTheContractFail(
      String method, String path, int status, String type, String body) {
    assertThatThrownBy(() -> check(method, path, status, type, body == null ? "" : body))
        .isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"_odd\": null | \"_odd\": 1.5",
        "\"_odd\": null | \"_odd\": \"1\"",
        "\"_odd\": null, | ",
        "\"_odd\": null | \"_odd\": null, \"extra\": 1",
        "very_glad | VERY_GLAD",
        "00:00:00Z | 00:00Z",
        "00:00:00Z | 00:00:00",
        "0190b5d0- | 0190b5d0"
      })
  void oneFieldOutsideTheContractFails(String was, String is) {
    String broken = RIDE.replace(was, is == null ? "" : is);

    assertThatThrownBy(() -> check("GET", "/api/v1/rides/x", 200, "application/json", broken))
        .isInstanceOf(AssertionError.class);
  }

  private void check(String method, String path, int status, String type, String body) {
    contract.check(
        method,
        path,
        new ApiClient.Answer(status, Map.of("Content-Type", type), java.util.List.of(), body));
  }

  private static String problem(int status) {
    return """
    {"type": "urn:turnout:problem:not_found", "title": "a", "status": %d, "detail": "b",
     "request_id": "c", "errors": [{"field": "d", "rule": "e", "message": "f"}]}
    """
        .formatted(status);
  }
}
