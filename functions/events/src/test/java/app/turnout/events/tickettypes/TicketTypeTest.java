package app.turnout.events.tickettypes;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.events.TestTenant;
import app.turnout.platform.http.HttpFunction;
import app.turnout.testing.ApiClient;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Of an event on 1 April 2026, from ten to eleven.
class TicketTypeTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static HttpFunction function;
  private static ApiClient api;
  private static SettableTime time;
  private static Jdbi owner;

  private TestTenant tenant;
  private String types;

  @BeforeAll
  static void start() {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties("events", DATABASE, TestDatabase.APP));
    properties.putAll(TestFunctions.aws());
    properties.put("datasources.default.maximum-pool-size", 8);
    function = new HttpFunction(properties) {};
    api = new ApiClient(function, OpenApiResponses.ofArea("events"));
    time = function.context().getBean(SettableTime.class);
    owner = Jdbi.create(DATABASE.owner());
  }

  @AfterAll
  static void stop() {
    function.close();
  }

  @BeforeEach
  void found() {
    time.set(SettableTime.START);
    tenant = new TestTenant(api, owner, time);
    types = event() + "/ticket-types";
  }

  @Test
  void whatIsSaidOfATicketTypeIsKept() {
    Answer made =
        tenant.post(
            types,
            """
            {"name": " Early bird ", "description": "For the quick",
             "price": {"amount": 1250, "currency": "EUR"}, "quantity": 50,
             "sales_from": "2026-03-01T00:00:00+02:00", "sales_until": "2026-03-15T00:00:00Z",
             "max_per_booking": 4, "position": 7}
            """);

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    JsonNode kept = tenant.get(types + "/" + made.json().path("id").asText()).json();
    assertThat(kept).isEqualTo(made.json());
    assertThat(made.header("Location")).isEqualTo(types + "/" + made.json().path("id").asText());
    assertThat(kept.path("name").asText()).isEqualTo("Early bird");
    assertThat(kept.at("/price/amount").asLong()).isEqualTo(1250);
    assertThat(kept.at("/price/currency").asText()).isEqualTo("EUR");
    assertThat(OffsetDateTime.parse(kept.path("sales_from").asText()))
        .isEqualTo("2026-02-28T22:00:00Z");
    assertThat(kept.path("quantity").asInt()).isEqualTo(50);
    assertThat(kept.path("position").asInt()).isEqualTo(7);
    assertThat(tenant.audited()).contains("ticket_type.created");
  }

  @Test
  void whatIsNotSaidIsAsUsual() {
    Answer first = type("Free", 0);
    Answer second = type("Paid", 500);

    assertThat(first.json().path("max_per_booking").asInt()).isEqualTo(10);
    assertThat(first.json().path("quantity").isNull()).isTrue();
    assertThat(first.json().path("archived").asBoolean()).isFalse();
    assertThat(first.json().path("position").asInt()).isEqualTo(0);
    assertThat(second.json().path("position").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'price': {'amount': -1, 'currency': 'EUR'} | price.amount | min",
        "'price': {'amount': 100000000, 'currency': 'EUR'} | price.amount | max",
        "'price': {'amount': 12.5, 'currency': 'EUR'} | price.amount | type",
        "'price': {'amount': '1', 'currency': 'EUR'} | price.amount | type",
        "'price': {'amount': 1, 'currency': 'eur'} | price.currency | pattern",
        "'price': {'amount': 1, 'currency': 'DEM'} | price.currency | currency",
        "'price': {'amount': 1, 'currency': 'USD'} | price.currency | one_currency",
        "'price': {'amount': 1, 'currency': null} | price.currency | required",
        "'price': null | price | required",
        "'name': ' ' | name | not_blank",
        "'quantity': 0 | quantity | min",
        "'max_per_booking': 101 | max_per_booking | max",
        "'position': -1 | position | min",
        "'sales_from': '2026-03-02T00:00:00Z', 'sales_until': '2026-03-02T00:00:00Z'"
            + " | sales_until | after",
        "'sold': 3 | sold | unknown_field",
      })
  void whatDoesNotFitIsRefusedByFieldAndRule(String change, String field, String rule) {
    type("First", 0);
    Answer made = type("Second", 100);

    Answer refused = tenant.patch(path(made), tag(made), "{" + change.replace('\'', '"') + "}");

    assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(refused.json().at("/errors/0/rule").asText()).isEqualTo(rule);
    assertThat(tenant.get(path(made)).json()).isEqualTo(made.json());
  }

  @Test
  void onlyTicketTypeOfAnEventMayChangeItsCurrency() {
    Answer made = type("Only", 100);

    Answer changed = tenant.patch(path(made), tag(made), "{\"price\": {\"currency\": \"JPY\"}}");

    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(changed.json().at("/price/amount").asLong()).isEqualTo(100);
    assertThat(changed.json().at("/price/currency").asText()).isEqualTo("JPY");
  }

  @Test
  void ofTwoCurrenciesAtOnceOneIsRefused() throws Exception {
    List<Integer> statuses =
        TestTenant.atOnce(
            () -> type("A", 1, "EUR"), () -> type("B", 1, "USD"), () -> type("C", 1, "JPY"));

    assertThat(statuses).containsExactlyInAnyOrder(201, 422, 422);
  }

  @Test
  void currencyOfWhatIsArchivedCountsWhenItComesBack() {
    Answer old = type("Old", 1);
    Answer archived = tenant.patch(path(old), tag(old), "{\"archived\": true}");
    type("New", 1, "USD");

    Answer back = tenant.patch(path(old), tag(archived), "{\"archived\": false}");

    assertThat(archived.json().path("archived_at").isNull()).isFalse();
    assertThat(back.status()).isEqualTo(422);
    assertThat(back.json().at("/errors/0/rule").asText()).isEqualTo("one_currency");
  }

  @Test
  void nameIsTheOnlyOneOfItsKindAtTheEvent() {
    type("Adult", 1);
    Answer child = type("Child", 1);

    Answer made = type("ADULT", 1);
    Answer renamed = tenant.patch(path(child), tag(child), "{\"name\": \" adult\"}");

    assertThat(made.status()).isEqualTo(409);
    assertThat(made.json().path("type").asText()).isEqualTo("urn:turnout:problem:already_exists");
    assertThat(made.json().at("/errors/0/field").asText()).isEqualTo("name");
    assertThat(renamed.status()).isEqualTo(409);
    String other = event() + "/ticket-types";
    assertThat(tenant.post(other, body("Adult", 1, "USD")).status()).isEqualTo(201);
  }

  @Test
  void staleOrMissingTagChangesNothing() throws Exception {
    Answer made = type("Adult", 1);

    List<Integer> statuses =
        TestTenant.atOnce(
            () -> tenant.patch(path(made), tag(made), "{\"quantity\": 1}"),
            () -> tenant.patch(path(made), tag(made), "{\"quantity\": 2}"),
            () -> tenant.patch(path(made), tag(made), "{\"quantity\": 3}"));

    assertThat(statuses).containsExactlyInAnyOrder(200, 412, 412);
    assertThat(delete(made, tag(made)).status()).isEqualTo(412);
    assertThat(tenant.delete(path(made)).status()).isEqualTo(428);
    assertThat(tenant.get(path(made)).status()).isEqualTo(200);
  }

  @Test
  void putReplacesAndDeleteRemoves() {
    Answer made = type("Adult", 1);

    Answer put = tenant.put(path(made), tag(made), body("Grown-up", 2, "EUR"));
    Answer deleted = delete(put, tag(put));

    assertThat(put.json().path("name").asText()).isEqualTo("Grown-up");
    assertThat(put.json().at("/price/amount").asInt()).isEqualTo(2);
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(tenant.get(path(made)).status()).isEqualTo(404);
    assertThat(tenant.audited())
        .containsExactlyInAnyOrder(
            "event.created", "ticket_type.created", "ticket_type.updated", "ticket_type.deleted");
  }

  @Test
  void listFollowsTheOrganisersOrderPageByPage() {
    Answer third = type("C", 1);
    type("A", 1);
    Answer first = type("B", 1);
    tenant.patch(path(third), tag(third), "{\"position\": 9}");
    tenant.patch(path(first), tag(first), "{\"position\": 0}");
    Answer gone = type("D", 1);
    tenant.patch(path(gone), tag(gone), "{\"archived\": true}");

    List<String> names = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = tenant.get(types + "?limit=1" + cursor).json();
      page.path("data").forEach(type -> names.add(type.path("name").asText()));
      cursor =
          page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
    } while (!cursor.isEmpty());

    assertThat(names).containsExactly("B", "A", "C");
    assertThat(tenant.get(types + "?archived=true").json().at("/data/0/name").asText())
        .isEqualTo("D");
    assertThat(tenant.get(types + "?cursor=AAAA").status()).isEqualTo(400);
  }

  @Test
  void eventHasAtMostFiftyEvenOfManyAtOnce() throws Exception {
    for (int i = 0; i < 49; i++) {
      assertThat(type("Type " + i, i).status()).isEqualTo(201);
    }

    List<Integer> statuses = TestTenant.atOnce(() -> type("X", 1), () -> type("Y", 1));

    assertThat(statuses).containsExactlyInAnyOrder(201, 409);
    assertThat(tenant.count("ticket_types")).isEqualTo(50);
  }

  @Test
  void whatIsOverStaysAsItIs() {
    Answer made = type("Adult", 1);
    String event = types.replace("/ticket-types", "");
    tenant.post(event + "/activate");
    time.set(Instant.parse("2026-04-01T11:00:00Z"));

    Answer added = type("Child", 1);
    Answer changed = tenant.patch(path(made), tag(made), "{\"quantity\": 1}");
    tenant.post(event + "/archive");

    assertThat(added.status()).isEqualTo(409);
    assertThat(added.json().path("type").asText())
        .isEqualTo("urn:turnout:problem:illegal_status_change");
    assertThat(changed.status()).isEqualTo(409);
    assertThat(delete(made, tag(made)).json().path("type").asText())
        .isEqualTo("urn:turnout:problem:conflict");
  }

  @Test
  void copyOfAnEventIsSoldAsMuchLater() {
    tenant.post(
        types,
        """
        {"name": "Adult", "price": {"amount": 1, "currency": "EUR"}, "quantity": 5,
         "sales_from": "2026-03-01T10:00:00Z"}
        """);
    Answer archived = type("Child", 1);
    tenant.patch(path(archived), tag(archived), "{\"archived\": true}");
    String event = types.replace("/ticket-types", "");

    Answer copy = tenant.post(event + "/copy", "{\"starts_at\": \"2026-04-03T10:00:00Z\"}");

    JsonNode copied =
        tenant
            .get("/api/v1/events/" + copy.json().path("id").asText() + "/ticket-types")
            .json()
            .path("data");
    assertThat(copied).hasSize(1);
    assertThat(copied.at("/0/name").asText()).isEqualTo("Adult");
    assertThat(copied.at("/0/quantity").asInt()).isEqualTo(5);
    assertThat(OffsetDateTime.parse(copied.at("/0/sales_from").asText()))
        .isEqualTo("2026-03-03T10:00:00Z");
  }

  @Test
  void catalogueTellsThePricesAtOnce() {
    String event = types.replace("/ticket-types", "");
    tenant.patch(event, "*", "{\"visibility\": \"public\"}");
    tenant.post(event + "/activate");
    type("Child", 500);
    Answer adult = type("Adult", 1_000);
    assertThat(prices()).isEqualTo("500 1000 EUR");

    tenant.patch(path(adult), tag(adult), "{\"price\": {\"amount\": 700}}");
    assertThat(prices()).isEqualTo("500 700 EUR");

    delete(adult, "*");
    assertThat(prices()).isEqualTo("500 500 EUR");
  }

  private String prices() {
    return owner.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select price_min || ' ' || price_max || ' ' || currency
                    from catalogue_entries
                    where organization_id = :organization
                    """)
                .bind("organization", tenant.organization)
                .mapTo(String.class)
                .one());
  }

  @Test
  void goesWithItsEvent() {
    type("Adult", 1);

    assertThat(tenant.delete(types.replace("/ticket-types", "")).status()).isEqualTo(204);
    assertThat(tenant.count("ticket_types")).isEqualTo(0);
    assertThat(tenant.get(types).status()).isEqualTo(404);
  }

  @Test
  void sameIdempotencyKeyMakesOne() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Answer made =
          tenant
              .signed(api.post(types))
              .header("Idempotency-Key", "a")
              .json(body("Adult", 1, "EUR"))
              .send();
      ids.add(made.json().path("id").asText());
    }

    assertThat(ids.get(0)).isEqualTo(ids.get(1));
    assertThat(tenant.count("ticket_types")).isEqualTo(1);
  }

  @Test
  void otherTenantsAndOtherEventsAreNotFound() {
    Answer made = type("Adult", 1);
    TestTenant other = new TestTenant(api, owner, time);
    String elsewhere = path(made).replace(types, event() + "/ticket-types");

    assertThat(other.get(types).status()).isEqualTo(404);
    assertThat(other.get(path(made)).status()).isEqualTo(404);
    assertThat(other.post(types, body("Child", 1, "EUR")).status()).isEqualTo(404);
    assertThat(other.patch(path(made), "*", "{}").status()).isEqualTo(404);
    assertThat(tenant.get(elsewhere).status()).isEqualTo(404);
    assertThat(tenant.patch(elsewhere, "*", "{}").status()).isEqualTo(404);
    assertThat(tenant.signed(api.call("DELETE", elsewhere)).header("If-Match", "*").send().status())
        .isEqualTo(404);
    assertThat(tenant.count("ticket_types")).isEqualTo(1);
  }

  private String event() {
    Answer made =
        tenant.post(
            "/api/v1/events",
            """
            {"title": "Lecture", "time_zone": "UTC", "starts_at": "2026-04-01T10:00:00Z",
             "ends_at": "2026-04-01T11:00:00Z"}
            """);
    return "/api/v1/events/" + made.json().path("id").asText();
  }

  private Answer type(String name, long amount) {
    return type(name, amount, "EUR");
  }

  private Answer type(String name, long amount, String currency) {
    return tenant.post(types, body(name, amount, currency));
  }

  private static String body(String name, long amount, String currency) {
    return "{\"name\": \"%s\", \"price\": {\"amount\": %d, \"currency\": \"%s\"}}"
        .formatted(name, amount, currency);
  }

  private Answer delete(Answer made, String tag) {
    return tenant.signed(api.call("DELETE", path(made))).header("If-Match", tag).send();
  }

  private String path(Answer made) {
    return types + "/" + made.json().path("id").asText();
  }

  private static String tag(Answer answer) {
    return Objects.requireNonNull(answer.header("ETag"));
  }
}
