package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.acceptance.Callers.Caller;
import app.turnout.acceptance.Callers.Kind;
import app.turnout.acceptance.Endpoint.Access;
import app.turnout.acceptance.ValidRequests.Choice;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.Role;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/// Every route, by every kind of caller: each answer is what the route's own annotation and the
/// permission matrix say. Who is refused changes nothing; who reads changes nothing; who changes
/// something is in the audit log.
///
/// Routes and their callers come from the packaged classes, requests from the OpenAPI document, ids
/// from the tables that are called like them; so a new route is walked as soon as it is there. Each
/// call begins with the same rows: what it changed is put back. Those who should be refused ask
/// several at a time, since nothing may change by any of them.
@Isolated
class PermissionWalkTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();

  /// Nothing of an organization's, and no account.
  private static final Set<String> NO_BUSINESS =
      Set.of("platform.outbox", "platform.idempotency", "platform.audit", "locations", "eta");

  /// Only read, and by POST because what is asked about must not stand in an address, or would be
  /// too long for one.
  private static final Set<String> ASKED_BY_POST =
      Set.of(
          "POST /internal/auth/verify",
          "POST /api/v1/events/recurrence-preview",
          "POST /api/v1/live/tickets");

  private static final int MOST_TRIES = 6;

  private static Rows rows;
  private static Callers callers;
  private static Organiser owner;
  private static String event;
  private static Organiser.Participant participant;
  private static ValidRequests requests;

  /// What the walk asks of a route.
  ///
  /// @param things values for the path's braces
  private record Errand(Endpoint endpoint, Map<String, String> things, Choice choice) {}

  private static final Set<String> succeeded = new TreeSet<>();
  private static final Set<String> walked = new TreeSet<>();
  private static final Map<String, String> failures = new TreeMap<>();

  @BeforeAll
  static void prepare() {
    Client client = TURNOUT.client();
    owner = Organiser.ready(client, "walked");
    Organiser stranger = Organiser.ready(client, "passing");
    event = owner.event(52.6, -8.5);
    participant = owner.participant(event);
    rows = new Rows(TURNOUT.runner().superuser());
    // The other one comes to another event: what a link may see of its own date, it would see here.
    Organiser.Participant other = owner.participant(owner.event(52.6, -8.5));
    callers = new Callers(client, rows, owner, stranger, participant, other);
    requests = new ValidRequests(client.document(), PermissionWalkTest::known);
    rows.holdBackMessages();
    makeThings();
    rows.keep();
  }

  @AfterAll
  static void forget() {
    rows.close();
  }

  @Test
  void classesDeclareWhatTheDocumentDescribes() {
    Set<String> described = new TreeSet<>();
    TURNOUT
        .client()
        .document()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

    assertThat(Endpoint.all())
        .extracting(Endpoint::name)
        .containsExactlyInAnyOrderElementsOf(described);
  }

  @Test
  void permissionToReadLetsOneReadOnly() {
    List<String> wrong = new ArrayList<>();
    for (Endpoint endpoint : Endpoint.all()) {
      if (endpoint.access() instanceof Access.Permitted(Permission permission, boolean _, boolean _)
          && permission.wire().endsWith(".read")
          && endpoint.isChange()
          && !ASKED_BY_POST.contains(endpoint.name())) {
        wrong.add(endpoint.name() + " by " + permission.wire());
      }
    }

    assertThat(wrong).isEmpty();
  }

  @TestFactory
  Stream<DynamicContainer> everyRouteByEveryCaller() {
    Stream<DynamicContainer> areas =
        Endpoint.all().stream()
            .collect(Collectors.groupingBy(Endpoint::area, LinkedHashMap::new, Collectors.toList()))
            .entrySet()
            .stream()
            .map(
                area ->
                    DynamicContainer.dynamicContainer(
                        area.getKey(),
                        area.getValue().stream()
                            .map(
                                endpoint ->
                                    DynamicTest.dynamicTest(
                                        endpoint.name(), () -> walk(endpoint)))));
    return Stream.concat(
        areas,
        Stream.of(
            DynamicContainer.dynamicContainer(
                "all",
                List.of(DynamicTest.dynamicTest("most requests are good", this::mostSucceeded)))));
  }

  /// A walk of requests that fail for other reasons would prove little.
  private void mostSucceeded() {
    Set<String> failed = new TreeSet<>(walked);
    failed.removeAll(succeeded);
    failed.forEach(name -> System.out.println("In vain: " + name + ": " + failures.get(name)));

    assertThat(failed).hasSizeLessThan(walked.size() / 3);
  }

  private static void walk(Endpoint endpoint) {
    if (endpoint.access() instanceof Access.Open) {
      walkOpen(endpoint);
      return;
    }
    if (!(endpoint.access() instanceof Access.Secret)) {
      walked.add(endpoint.name());
    }
    Errand errand = errand(endpoint);
    List<String> wrong = new ArrayList<>();
    List<Caller> strangers = new ArrayList<>();
    for (Caller caller : callers.at(endpoint)) {
      if (verdict(errand, caller) == Verdict.ENTERS || isSuperAdmin(caller)) {
        wrong.addAll(ask(errand, caller));
      } else {
        strangers.add(caller);
      }
    }
    wrong.addAll(askAtOnce(errand, strangers));
    assertThat(wrong).as(endpoint.name()).isEmpty();
  }

  private static Verdict verdict(Errand errand, Caller caller) {
    return Verdict.of(errand.endpoint().access(), caller.kind(), !errand.things().isEmpty());
  }

  /// Has one of them ask, and says what of it is wrong.
  private static List<String> ask(Errand errand, Caller caller) {
    List<String> wrong = new ArrayList<>();
    Verdict verdict = verdict(errand, caller);
    Answer answer = call(errand, caller.authorization());
    Set<String> changed = rows.changed();
    if (!verdict.isSaidBy(answer)) {
      wrong.add(
          "%s should meet %s, and %s changed: %d %s"
              .formatted(caller.name(), verdict, changed, answer.status(), answer.body()));
    } else if (verdict != Verdict.ENTERS || answer.status() >= 400) {
      if (!changed.isEmpty() && !isWatched(caller, changed)) {
        wrong.add(
            "%s was refused by %d, and %s changed"
                .formatted(caller.name(), answer.status(), changed));
      }
    } else {
      succeeded.add(errand.endpoint().name());
      wrong.addAll(traces(errand.endpoint(), caller, changed));
    }
    rows.restore();
    return wrong;
  }

  /// Has several ask at once whom all should be refused, and says what of it is wrong: nothing may
  /// have changed after them. If something has, each asks once more, alone, to tell who did it.
  private static List<String> askAtOnce(Errand errand, List<Caller> strangers) {
    record Asking(Caller caller, Supplier<Answer> request) {}
    List<Asking> asking =
        strangers.stream()
            .map(caller -> new Asking(caller, request(errand, caller.authorization())))
            .toList();
    List<Answer> answers = AtOnce.map(asking, one -> one.request().get());
    Set<String> changed = rows.changed();
    rows.restore();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < strangers.size(); i++) {
      Verdict verdict = verdict(errand, strangers.get(i));
      Answer answer = answers.get(i);
      if (!verdict.isSaidBy(answer)) {
        wrong.add(
            "%s should meet %s: %d %s"
                .formatted(strangers.get(i).name(), verdict, answer.status(), answer.body()));
      }
    }
    if (!changed.isEmpty()) {
      wrong.add("%s changed while all who should be refused asked at once".formatted(changed));
      strangers.forEach(caller -> wrong.addAll(ask(errand, caller)));
    }
    return wrong;
  }

  /// Credentials open nothing and close nothing where everybody may call.
  private static void walkOpen(Endpoint endpoint) {
    Errand errand = errand(endpoint);
    for (String authorization : List.of("", "Bearer of-no-kind", owner.authorization())) {
      Answer answer = call(errand, authorization);
      rows.restore();
      assertThat(answer.status()).as(answer.body()).isLessThan(500).isNotEqualTo(403);
    }
  }

  /// What an answered request left, and should have left.
  private static List<String> traces(Endpoint endpoint, Caller caller, Set<String> changed) {
    Set<String> business =
        changed.stream()
            .filter(table -> !NO_BUSINESS.contains(rows.owner(table)))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!endpoint.isChange()) {
      return business.isEmpty()
          ? List.of()
          : List.of(caller.name() + " only read, and " + business + " changed");
    }
    // A session that goes on elsewhere is none of the audit log's business.
    business.remove("sessions");
    if (business.isEmpty()) {
      return List.of();
    }
    List<String> actions =
        rows
            .query(
                """
                select a.action
                from audit_log a
                left join kept.audit_log k using (id)
                where k.id is null
                  and a.actor_id = ?
                  and a.action <> 'super_admin.acted'
                """,
                Objects.requireNonNull(caller.actor()))
            .stream()
            .map(row -> String.valueOf(row.getFirst()))
            .toList();
    return actions.isEmpty()
        ? List.of(caller.name() + " changed " + business + " without an entry in the audit log")
        : List.of();
  }

  /// What a super admin asks is written down, whatever came of it.
  private static boolean isWatched(Caller caller, Set<String> changed) {
    return isSuperAdmin(caller) && changed.equals(Set.of("audit_log"));
  }

  private static boolean isSuperAdmin(Caller caller) {
    return caller.kind().equals(new Kind.Member(Role.SUPER_ADMIN));
  }

  /// Calls what makes things, so that there is one of each to be named in paths.
  private static void makeThings() {
    Endpoint.all().stream()
        .filter(endpoint -> endpoint.method().equals("POST"))
        .filter(endpoint -> !(endpoint.access() instanceof Access.Open))
        .filter(PermissionWalkTest::makesThings)
        .sorted(Comparator.comparingInt(endpoint -> endpoint.variables().size()))
        .forEach(
            endpoint -> call(errands(endpoint).getFirst(), mostAllowed(endpoint).authorization()));
  }

  private static boolean makesThings(Endpoint endpoint) {
    JsonNode responses = description(endpoint).path("responses");
    return responses.has("201") || responses.has("202");
  }

  /// An errand on which who may do most succeeds; when there is none, any.
  private static Errand errand(Endpoint endpoint) {
    List<Errand> errands = errands(endpoint);
    for (Errand errand : errands) {
      Answer answer = call(errand, mostAllowed(endpoint).authorization());
      rows.restore();
      if (answer.status() < 400) {
        return errand;
      }
      failures.put(endpoint.name(), answer.status() + " " + answer.body());
    }
    return errands.getFirst();
  }

  private static List<Errand> errands(Endpoint endpoint) {
    List<Map<String, String>> things = List.of(Map.of());
    for (String variable : endpoint.variables()) {
      List<String> values = values(endpoint, variable);
      things =
          things.stream()
              .flatMap(
                  some ->
                      values.stream()
                          .map(
                              value -> {
                                Map<String, String> more = new LinkedHashMap<>(some);
                                more.put(variable, value);
                                return more;
                              }))
              .toList();
    }
    List<Errand> errands = new ArrayList<>();
    for (Choice choice : Choice.values()) {
      things.stream()
          .limit(MOST_TRIES)
          .forEach(some -> errands.add(new Errand(endpoint, some, choice)));
    }
    return errands;
  }

  private static List<String> values(Endpoint endpoint, String variable) {
    for (JsonNode given : description(endpoint).path("parameters")) {
      JsonNode parameter = requests.resolve(given);
      JsonNode values = requests.resolve(parameter.path("schema")).path("enum");
      if (parameter.path("name").asText().equals(variable) && !values.isEmpty()) {
        return values.valueStream().map(JsonNode::asText).toList();
      }
    }
    if (variable.equals("number")) {
      return List.of("1");
    }
    List<String> ids = ids(variable);
    return ids.isEmpty() ? List.of(UUID.randomUUID().toString()) : ids;
  }

  /// Ids of the organization's, or the owner's, by the table that a name like `event_id` means.
  private static List<String> ids(String name) {
    String thing = name.replaceAll("_id$", "");
    Set<String> ids = new LinkedHashSet<>();
    switch (thing) {
      case "organization" -> ids.add(owner.organization());
      case "event" -> ids.add(event);
      case "participant" -> ids.add(participant.id());
      case "user", "member" -> ids.addAll(callers.members());
      default -> {}
    }
    String plural =
        thing.endsWith("y") && !thing.endsWith("ey") ? thing.replaceAll("y$", "ies") : thing + "s";
    for (String table : rows.tables()) {
      if ((table.equals(plural) || table.endsWith("_" + plural)) && rows.has(table, "id")) {
        ids.addAll(ids(table, "user_id", callers.user(owner)));
        ids.addAll(ids(table, "organization_id", UUID.fromString(owner.organization())));
      }
    }
    return List.copyOf(ids);
  }

  private static List<String> ids(String table, String column, UUID whose) {
    return rows.has(table, column)
        ? rows
            .query(
                "select id from %s where %s = ? order by id desc limit 3".formatted(table, column),
                whose)
            .stream()
            .map(row -> String.valueOf(row.getFirst()))
            .toList()
        : List.of();
  }

  /// What requests should say where they name things, and secrets.
  private static Optional<String> known(String field) {
    return switch (field) {
      case "password", "current_password" -> Optional.of(Organiser.PASSWORD);
      case "new_password" -> Optional.of("four silent tram stops");
      default -> field.endsWith("_id") ? ids(field).stream().findFirst() : Optional.empty();
    };
  }

  private static Caller mostAllowed(Endpoint endpoint) {
    Kind wanted =
        switch (endpoint.access()) {
          case Access.Open(), Access.Secret _ -> new Kind.Nobody();
          case Access.SignedIn() -> new Kind.Member(Role.ORG_OWNER);
          case Access.SuperAdminOnly() -> new Kind.Member(Role.SUPER_ADMIN);
          case Access.WithLink _ -> new Kind.Link(true);
          case Access.WithDevice() -> new Kind.Device();
          case Access.Permitted _ -> new Kind.Member(Role.ORG_OWNER);
        };
    return callers.at(endpoint).stream()
        .filter(caller -> caller.kind().equals(wanted))
        .findFirst()
        .orElseThrow();
  }

  private static Answer call(Errand errand, String authorization) {
    return request(errand, authorization).get();
  }

  /// The call, to be made on any thread: what it says is made up here, from the tables.
  private static Supplier<Answer> request(Errand errand, String authorization) {
    Endpoint endpoint = errand.endpoint();
    JsonNode description = description(endpoint);
    byte @Nullable [] body =
        requests
            .body(description, errand.choice())
            .map(json -> json.toString().getBytes(StandardCharsets.UTF_8))
            .orElse(null);
    String path = endpoint.filled(errand.things()) + requests.query(description);
    return () ->
        TURNOUT
            .client()
            .send(endpoint.method(), path, authorization, body, Map.of("If-Match", "*"));
  }

  private static JsonNode description(Endpoint endpoint) {
    return TURNOUT
        .client()
        .document()
        .path("paths")
        .path(endpoint.path())
        .path(endpoint.method().toLowerCase(Locale.ROOT));
  }
}
