package app.turnout.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.platform.http.Edge;
import app.turnout.testing.ApiClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies, good and broken, as routes get them.
class JsonBodyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GOOD =
      """
      {"short_text": "hi", "email": "a@b.example", "letters": "abc", "count": 1,
       "big": 9223372036854775807, "ratio": 0.5, "exact": 1.10, "flag": true,
       "id": "0190b5d0-0000-7000-8000-000000000001", "starts_at": "2026-01-01T00:00:00+01:00",
       "seen_at": "2026-01-01T00:00:00.123456Z", "day": "2026-02-28", "time_zone": "Europe/Lisbon",
       "mood": "very_glad", "place": {"latitude": 1, "longitude": 2.5},
       "more_locations": [{"latitude": 1, "longitude": 2}], "tags": ["a"], "counters": {"x": 1}}
      """;

  private static Edge edge;
  private static ApiClient api;

  @BeforeAll
  static void start() {
    edge = new Edge();
    api = edge.api();
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @Test
  void whatWasReadIsWrittenAlike() throws IOException {
    ApiClient.Answer answer = api.post("/edge/everything").json(GOOD).send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    ObjectNode expected = (ObjectNode) JSON.readTree(GOOD);
    expected.set("place", JSON.readTree("{\"latitude\":1.0,\"longitude\":2.5}"));
    expected.set("more_locations", JSON.readTree("[{\"latitude\":1.0,\"longitude\":2.0}]"));
    assertThat(answer.json()).isEqualTo(expected);
  }

  @Test
  void optionalFieldsMayBeMissingOrNull() throws IOException {
    ObjectNode body = (ObjectNode) JSON.readTree(GOOD);
    List.of("email", "letters", "big", "exact", "seen_at", "day").forEach(body::remove);
    List.of("time_zone", "more_locations", "tags", "counters").forEach(body::putNull);

    ApiClient.Answer answer = api.post("/edge/everything").json(body.toString()).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("email").isNull()).isTrue();
    assertThat(answer.json().path("tags").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "short_text | null | short_text | required",
        "short_text | 1 | short_text | type",
        "short_text | true | short_text | type",
        "short_text | [\"a\"] | short_text | type",
        "short_text | {} | short_text | type",
        "short_text | \"\" | short_text | not_blank",
        "short_text | \"  \" | short_text | not_blank",
        "short_text | \"12345678901\" | short_text | max_length",
        "short_text | \"a\\u0000\" | short_text | characters",
        "short_text | \"\\ud800\" | short_text | characters",
        "short_text | \"\\udc00\\ud800\" | short_text | characters",
        "email | \"nobody\" | email | email",
        "email | 5 | email | type",
        "letters | \"A1\" | letters | pattern",
        "count | \"1\" | count | type",
        "count | 1.0 | count | type",
        "count | 1.5 | count | type",
        "count | 1e3 | count | type",
        "count | true | count | type",
        "count | null | count | required",
        "count | 2147483648 | count | range",
        "count | -2147483649 | count | range",
        "count | 99999999999999999999999999 | count | range",
        "big | 9223372036854775808 | big | range",
        "ratio | \"0.5\" | ratio | type",
        "ratio | 1e400 | ratio | range",
        "ratio | -1e400 | ratio | range",
        "ratio | 1e99999999999 | ratio | range",
        "exact | \"1\" | exact | type",
        "flag | \"true\" | flag | type",
        "flag | 1 | flag | type",
        "id | \"1-1-1-1-1\" | id | uuid",
        "id | \"\" | id | uuid",
        "id | 7 | id | type",
        "starts_at | \"2026-01-01\" | starts_at | date_time",
        "starts_at | \"2026-01-01T00:00:00\" | starts_at | date_time",
        "starts_at | \"2026-01-01T00:00Z\" | starts_at | date_time",
        "starts_at | \"2026-02-30T00:00:00Z\" | starts_at | date_time",
        "starts_at | \"2026-01-01T24:00:00Z\" | starts_at | date_time",
        "starts_at | \"2026-01-01T00:00:00+19:00\" | starts_at | date_time",
        "starts_at | \"+12026-01-01T00:00:00Z\" | starts_at | date_time",
        "starts_at | \"0000-01-01T00:00:00Z\" | starts_at | date_time",
        "starts_at | \"9999-12-31T23:59:59-01:00\" | starts_at | date_time",
        "starts_at | 1767225600 | starts_at | type",
        "seen_at | \"tomorrow\" | seen_at | date_time",
        "day | \"2026-02-29\" | day | date",
        "day | \"2026-2-1\" | day | date",
        "time_zone | \"Europe/Atlantis\" | time_zone | time_zone",
        "time_zone | \"+01:00\" | time_zone | time_zone",
        "mood | \"VERY_GLAD\" | mood | enum",
        "mood | \"elated\" | mood | enum",
        "mood | 0 | mood | type",
        "place | null | place | required",
        "place | [] | place | type",
        "place | {\"latitude\":91,\"longitude\":0} | place.latitude | max",
        "place | {\"latitude\":0,\"longitude\":-180.5} | place.longitude | min",
        "place | {\"latitude\":0} | place.longitude | required",
        "place | {\"latitude\":0,\"longitude\":0,\"x\":0} | place.x | unknown_field",
        "more_locations | {} | more_locations | type",
        "more_locations | [null] | more_locations[0] | required",
        "more_locations | [{\"latitude\":0,\"longitude\":0},{\"latitude\":99,\"longitude\":0}] |"
            + " more_locations[1].latitude | max",
        "tags | [\"a\",1] | tags[1] | type",
        "tags | [\"a\",null] | tags[1] | required",
        "tags | [\"\\u0000\"] | tags[0] | characters",
        "counters | {\"a\":\"b\"} | counters.a | type",
        "counters | {\"a\":null} | counters.a | required",
        "counters | [] | counters | type",
        "unheard_of | 1 | unheard_of | unknown_field",
        "shortText | \"a\" | shortText | unknown_field"
      })
  void brokenFieldIsNamed(String name, String value, String field, String rule) {
    String body =
        GOOD.strip().contains("\"" + name + "\"")
            ? replaced(name, value)
            : GOOD.strip()
                .replaceFirst("\\{", "{\"" + name + "\": " + value.replace("\\", "\\\\") + ",");

    ApiClient.Answer answer = api.post("/edge/everything").json(body).send();

    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().path("type").asText()).isEqualTo("urn:turnout:problem:invalid_fields");
    assertThat(answer.json().path("errors")).hasSize(1);
    assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(answer.json().at("/errors/0/rule").asText()).isEqualTo(rule);
  }

  @Test
  void allFaultsAreToldAtOnce() {
    ApiClient.Answer answer =
        api.post("/edge/everything")
            .json(
                """
                {"short_text": "much too long", "count": "1", "flag": null, "email": "x",
                 "place": {"latitude": 91}, "more_locations": [1, {"longitude": 181}], "other": 1}
                """)
            .send();

    assertThat(answer.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder(
            "short_text",
            "count",
            "ratio",
            "flag",
            "id",
            "starts_at",
            "mood",
            "email",
            "place.latitude",
            "place.longitude",
            "more_locations[0]",
            "more_locations[1].latitude",
            "more_locations[1].longitude",
            "other");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "{]",
        "[",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":tru}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"b}",
        "{\"a\":1}{",
        "{\"a\":1} x",
        "{\"a\":1,\"a\":1}",
        "/* a */{}",
        "null",
        "1",
        "\"text\"",
        "[]",
        "\ufeff{}"
      })
  void whatIsNoJsonObjectIsMalformed(String body) {
    ApiClient.Answer answer = api.post("/edge/everything").json(body).send();

    assertThat(answer.status()).as(body).isEqualTo(400);
    assertThat(answer.json().path("type").asText())
        .isEqualTo("urn:turnout:problem:malformed_request");
  }

  @Test
  void placeOfTheFaultIsTold() {
    ApiClient.Answer answer = api.post("/edge/everything").json("{\n  \"a\": 1,\n  b\n}").send();

    assertThat(answer.json().path("detail").asText()).contains("line 3, column 3");
  }

  @Test
  void bytesThatAreNotUtf8AreMalformed() {
    byte[][] bodies = {
      {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'},
      {'{', '"', (byte) 0xc3, '"', ':', '1', '}'},
      {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
      "{\"name\":\"café\"}".getBytes(StandardCharsets.ISO_8859_1),
      "{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_16LE)
    };

    for (byte[] body : bodies) {
      assertThat(api.post("/edge/strict").bytes(body).send().status()).isEqualTo(400);
    }
  }

  @Test
  void absurdBodiesAreMalformed() {
    List<String> bodies =
        List.of(
            "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}",
            "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
            "{\"a\":" + "1".repeat(10_000) + "}",
            "{\"" + "a".repeat(100_000) + "\":1}");

    for (String body : bodies) {
      assertThat(api.post("/edge/everything").json(body).send().status()).isEqualTo(400);
    }
  }

  @Test
  void faultsAreCountedOnlyToAHundred() {
    String body = "{\"items\":[],\"x0\":1" + ",\"x%d\":1".formatted(1);
    StringBuilder many = new StringBuilder(body);
    for (int i = 2; i < 1_000; i++) {
      many.append(",\"x").append(i).append("\":1");
    }

    ApiClient.Answer answer = api.post("/edge/batch").json(many + "}").send();

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("errors")).hasSize(100);
  }

  @Test
  void unknownNamesAreToldWithoutHarm() {
    ApiClient.Answer answer =
        api.post("/edge/strict").json("{\"name\":\"a\",\"\\ud800\\u0000\\n<b>\":1}").send();

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("???<b>");
  }

  @Test
  void recordMayRefuseInItsOwnConstructor() {
    ApiClient.Answer answer = api.post("/edge/strict").json("{\"name\":\"forbidden\"}").send();

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/rule").asText()).isEqualTo("invalid");
    assertThat(answer.json().at("/errors/0/message").asText()).isEqualTo("must not be called so");
  }

  @Test
  void recordMayIgnoreWhatItDoesNotKnow() {
    assertThat(api.post("/edge/lenient").json("{\"kind\":\"a\",\"x\":[{}]}").send().status())
        .isEqualTo(200);
  }

  @Test
  void itemsOfABatchAreJudgedOneByOne() {
    JsonNode answer =
        api.post("/edge/batch")
            .json(
                """
                {"items": [{"latitude": 1, "longitude": 1}, {"latitude": 1}, 7,
                           {"latitude": 1, "longitude": 200}]}
                """)
            .send()
            .json();

    assertThat(answer.path("accepted").asInt()).isEqualTo(1);
    assertThat(answer.path("refused").toString())
        .isEqualTo("[\"longitude required\",\" type\",\"longitude max\"]");
  }

  /// Ten thousand bodies with some bytes changed: each is read or refused, none is a failure of
  /// ours.
  @Test
  void damagedBodiesNeverFail() {
    Random random = new Random(42);
    byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 10_000; i++) {
      byte[] damaged = good.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }

      ApiClient.Answer answer =
          api.post("/edge/everything")
              .header("Content-Type", "application/json")
              .bytes(damaged)
              .send();

      assertThat(answer.status())
          .as(() -> new String(damaged, StandardCharsets.UTF_8) + answer.body())
          .isIn(200, 400, 422);
    }
  }

  private static String replaced(String name, String value) {
    // Textually: a tree would lose how numbers and escapes are written.
    int start = GOOD.indexOf("\"" + name + "\":") + name.length() + 3;
    int end = start;
    int depth = 0;
    boolean quoted = false;
    while (quoted || depth > 0 || (GOOD.charAt(end) != ',' && GOOD.charAt(end) != '}')) {
      switch (GOOD.charAt(end)) {
        case '"' -> quoted = !quoted;
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {}
      }
      end++;
    }
    return GOOD.substring(0, start) + value + GOOD.substring(end);
  }
}
