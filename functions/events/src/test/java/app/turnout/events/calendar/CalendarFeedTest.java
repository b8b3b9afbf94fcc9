package app.turnout.events.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.events.TestTenant;
import app.turnout.events.rules.RecurrenceSet;
import app.turnout.platform.http.HttpFunction;
import app.turnout.testing.ApiClient;
import app.turnout.testing.ApiClient.Answer;
import app.turnout.testing.OpenApiResponses;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import biweekly.Biweekly;
import biweekly.component.VEvent;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarFeedTest {
  private static final ZoneId DUBLIN = ZoneId.of("Europe/Dublin");

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static HttpFunction events;
  private static HttpFunction catalogue;
  private static ApiClient planner;
  private static ApiClient api;
  private static Jdbi owner;

  private TestTenant tenant;

  @BeforeAll
  static void start() {
    events = function("events");
    catalogue = function("catalogue");
    planner = new ApiClient(events, OpenApiResponses.ofArea("events"));
    api = new ApiClient(catalogue, OpenApiResponses.ofArea("events"));
    owner = Jdbi.create(DATABASE.owner());
  }

  private static HttpFunction function(String name) {
    Map<String, Object> properties =
        new HashMap<>(TestFunctions.properties(name, DATABASE, TestDatabase.APP));
    properties.putAll(TestFunctions.aws());
    return new HttpFunction(properties) {};
  }

  @AfterAll
  static void stop() {
    events.close();
    catalogue.close();
  }

  @BeforeEach
  void found() {
    owner.useHandle(handle -> handle.execute("delete from events"));
    at(SettableTime.START);
    tenant = new TestTenant(planner, owner, events.context().getBean(SettableTime.class));
  }

  private static void at(Instant time) {
    events.context().getBean(SettableTime.class).set(time);
    catalogue.context().getBean(SettableTime.class).set(time);
  }

  private String published(String title, String visibility) {
    Answer made =
        tenant.post(
            "/api/v1/events",
            """
            {"title": "%s", "time_zone": "Europe/Dublin", "visibility": "%s",
             "starts_at": "2026-06-01T19:00:00+01:00", "ends_at": "2026-06-01T21:00:00+01:00",
             "category": "class", "position": {"latitude": 53.3, "longitude": -6.2}}
            """
                .formatted(title, visibility));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    String id = made.json().path("id").asText();
    assertThat(tenant.post("/api/v1/events/" + id + "/activate").status()).isEqualTo(200);
    return id;
  }

  private static String path(String event) {
    return "/api/v1/catalogue/events/" + event + "/calendar.ics";
  }

  private String ours() {
    return "/api/v1/catalogue/organizations/" + tenant.organization + "/calendar.ics";
  }

  private static List<VEvent> read(String path) {
    Answer answer = api.get(path).send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return Biweekly.parse(answer.body()).first().getEvents();
  }

  private static List<String> titles(String path) {
    return read(path).stream().map(one -> one.getSummary().getValue()).sorted().toList();
  }

  @Test
  void eventIsReadByIdAndBySlugAsCalendarProgramsDo() {
    String id = published("Evening class", "public");

    Answer answer = api.get(path(id)).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/calendar; charset=utf-8");
    assertThat(answer.header("Cache-Control")).startsWith("public");
    assertThat(answer.body())
        .contains("UID:" + id + "@turnout.app\r\n")
        .contains("DTSTART;TZID=Europe/Dublin:20260601T190000\r\n")
        .contains("DTEND;TZID=Europe/Dublin:20260601T210000\r\n")
        .contains("BEGIN:VTIMEZONE\r\nTZID:Europe/Dublin\r\n")
        .contains("X-PUBLISHED-TTL:PT1H\r\n");
    assertThat(api.get(path("evening-class")).send().body()).isEqualTo(answer.body());
  }

  @Test
  void whatIsKnownAlreadyIsNotSentAgainUntilItChanges() {
    String id = published("Evening class", "public");
    String tag = Objects.requireNonNull(api.get(path(id)).send().header("ETag"));

    at(SettableTime.START.plus(Duration.ofHours(5)));
    Answer same = api.get(path(id)).header("If-None-Match", tag).send();
    tenant.patch(
        "/api/v1/events/" + id,
        Objects.requireNonNull(tenant.get("/api/v1/events/" + id).header("ETag")),
        "{\"title\": \"Morning class\"}");
    Answer changed = api.get(path(id)).header("If-None-Match", tag).send();

    assertThat(same.status()).isEqualTo(304);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.body()).contains("SUMMARY:Morning class\r\n");
  }

  @Test
  void unlistedEventsHaveTheirOwnCalendarOnlyAndPrivateOnesNone() {
    published("Public", "public");
    String unlisted = published("Unlisted", "unlisted");
    String closed = published("Private", "private");

    assertThat(titles(ours())).containsExactly("Public");
    assertThat(titles(path(unlisted))).containsExactly("Unlisted");
    assertThat(api.get(path(closed)).send().status()).isEqualTo(404);
  }

  @Test
  void cancelledEventStaysAndIsSaidToBe() {
    String id = published("Evening class", "public");
    int before = read(ours()).getFirst().getSequence().getValue();

    tenant.post("/api/v1/events/" + id + "/cancel", "{\"reason\": \"rain\"}");

    VEvent cancelled = read(ours()).getFirst();
    assertThat(cancelled.getStatus().isCancelled()).isTrue();
    assertThat(cancelled.getSequence().getValue()).isGreaterThan(before);
    assertThat(api.get(path(id)).send().body()).doesNotContain("rain");
  }

  @Test
  void whatEndedMoreThanAYearAgoIsInNoOrganizationsCalendar() {
    String id = published("Evening class", "public");

    at(Instant.parse("2027-06-03T12:00:00Z"));

    assertThat(read(ours())).isEmpty();
    assertThat(read(path(id))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-event", "0190aaaa-0000-7000-8000-000000000000", "%F0%9F%8E%89"})
  void whatIsNoEventsAddressIsNotFound(String event) {
    assertThat(api.get(path(event)).send().status()).isEqualTo(404);
  }

  @Test
  void organizationWithoutPublicEventsHasAnEmptyCalendar() {
    assertThat(read("/api/v1/catalogue/organizations/" + UUID.randomUUID() + "/calendar.ics"))
        .isEmpty();
    assertThat(api.get("/api/v1/catalogue/organizations/nobody/calendar.ics").send().status())
        .isEqualTo(400);
  }

  @Test
  void recurringEventIsItsRuleAndADateThatIsCancelledIsSaidToBe() {
    String id = published("Evening class", "public");
    makeRecurring(UUID.fromString(id));

    Answer answer = api.get(path(id)).send();

    assertThat(answer.body())
        .contains("RRULE:FREQ=WEEKLY;BYDAY=MO\r\n")
        .contains("EXDATE;TZID=Europe/Dublin:20260615T190000\r\n")
        .contains("RECURRENCE-ID;TZID=Europe/Dublin:20260622T190000\r\n");
    List<VEvent> all = Biweekly.parse(answer.body()).first().getEvents();
    assertThat(all).hasSize(2);
    assertThat(all.getLast().getStatus().isCancelled()).isTrue();
  }

  @Test
  void recurringEventAsPlannedHasItsDatesInAnotherProgram() {
    Answer made =
        tenant.post(
            "/api/v1/events",
            """
            {"title": "Night class", "type": "periodic", "time_zone": "Europe/Dublin",
             "visibility": "public",
             "starts_at": "2026-03-08T01:30:00Z", "ends_at": "2026-03-08T02:30:00Z",
             "recurrence": {"rrule": "FREQ=WEEKLY;BYDAY=SU;COUNT=40",
               "rdates": ["2026-05-01T20:00"], "exdates": ["2026-03-15T01:30"]}}
            """);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    String id = made.json().path("id").asText();
    assertThat(tenant.post("/api/v1/events/" + id + "/activate").status()).isEqualTo(200);

    List<Instant> stored =
        owner.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select starts_at from occurrences where event_id = ? order by starts_at")
                    .bind(0, UUID.fromString(id))
                    .mapTo(Instant.class)
                    .list());
    assertThat(stored).hasSize(40).contains(Instant.parse("2026-03-29T01:30:00Z"));
    Set<Instant> read = new TreeSet<>();
    // By local times: of an hour that comes twice the library takes now the first, now the second.
    Set<LocalDateTime> replaced = new TreeSet<>();
    List<VEvent> all = read(path(id));
    all.stream()
        .filter(one -> one.getRecurrenceId() != null)
        .forEach(
            one -> {
              replaced.add(inDublin(one.getRecurrenceId().getValue()));
              read.add(one.getDateStart().getValue().toInstant());
            });
    all.getFirst()
        .getDateIterator(TimeZone.getTimeZone(DUBLIN))
        .forEachRemaining(
            date -> {
              if (!replaced.contains(inDublin(date))) {
                read.add(date.toInstant());
              }
            });
    assertThat(read).containsExactlyElementsOf(stored);
  }

  private static LocalDateTime inDublin(Date date) {
    return date.toInstant().atZone(DUBLIN).toLocalDateTime();
  }

  /// Each Monday, but not the 15th of June; that of the 22nd is cancelled.
  private void makeRecurring(UUID event) {
    UUID series = UUID.randomUUID();
    LocalDateTime first = LocalDateTime.parse("2026-06-01T19:00");
    owner.useTransaction(
        handle -> {
          handle.execute("update events set type = 'periodic' where id = ?", event);
          handle.execute(
              """
              insert into series (id, organization_id, event_id, local_start, local_end, time_zone,
                rrule, exdates, made_before, created_at, updated_at, version)
              values (?, ?, ?, timestamp '2026-06-01 19:00', timestamp '2026-06-01 21:00',
                'Europe/Dublin', 'FREQ=WEEKLY;BYDAY=MO', array[timestamp '2026-06-15 19:00'],
                timestamp '2027-06-01 19:00', now(), now(), 1)
              """,
              series,
              tenant.organization,
              event);
          handle.execute(
              "update occurrences set series_id = ?, rule_start = original_start where event_id ="
                  + " ?",
              series,
              event);
          for (int week = 1; week < 40; week++) {
            if (week == 2) {
              continue;
            }
            LocalDateTime start = first.plusWeeks(week);
            handle.execute(
                """
                insert into occurrences (id, organization_id, event_id, original_start, local_start,
                  local_end, time_zone, starts_at, ends_at, status, created_at, updated_at, version,
                  series_id, rule_start)
                values (?, ?, ?, ?, ?, ?, 'Europe/Dublin', ?, ?, ?, now(), now(), 1, ?, ?)
                """,
                UUID.randomUUID(),
                tenant.organization,
                event,
                Timestamp.valueOf(start),
                Timestamp.valueOf(start),
                Timestamp.valueOf(start.plusHours(2)),
                RecurrenceSet.instant(start, DUBLIN).atOffset(ZoneOffset.UTC),
                RecurrenceSet.instant(start.plusHours(2), DUBLIN).atOffset(ZoneOffset.UTC),
                week == 3 ? "cancelled" : "scheduled",
                series,
                Timestamp.valueOf(start));
          }
          handle.execute("select refresh_catalogue(array[cast(? as uuid)])", event);
        });
  }
}
