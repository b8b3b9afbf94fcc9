package app.turnout.live;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.live.push.LivePushFunction;
import app.turnout.live.push.StartedPush;
import app.turnout.platform.live.LiveChange;
import app.turnout.platform.live.LiveEta;
import app.turnout.platform.live.LivePosition;
import app.turnout.platform.live.LiveUpdate;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.ThrottlingDynamoDb;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@AlsoOnLocalStack
class PushTest {
  @RegisterExtension static final LiveHarness LIVE = new LiveHarness();

  private TestTenant tenant;
  private UUID event;
  private UUID member;
  private UUID participant;
  private String watcher;

  @BeforeEach
  void watch() {
    tenant = LIVE.tenant();
    event = tenant.event();
    member = tenant.member("org_operator");
    participant = tenant.consenting(event, "organisers");
    watcher = LIVE.watching(tenant.accessToken(member), event);
  }

  @Test
  void positionsComeMergedToTheNewestOfEach() {
    UUID other = tenant.consenting(event, "organisers");

    LIVE.push(
        positions(at(participant, 52.1, 10), at(other, 52.2, 10)),
        positions(at(participant, 52.3, 30)),
        positions(at(participant, 52.4, 20)));

    JsonNode message = only(watcher);
    assertThat(message.path("type").asText()).isEqualTo("location_update");
    assertThat(message.path("event_id").asText()).isEqualTo(event.toString());
    assertThat(message.path("occurrence_id").asText()).isEqualTo(event.toString());
    assertThat(message.has("sequence")).isFalse();
    assertThat(message.path("positions").findValuesAsText("latitude"))
        .containsExactlyInAnyOrder("52.3", "52.2");
  }

  @Test
  void positionsComeEveryHalfSecondAtMost() {
    LIVE.push(positions(at(participant, 52.1, 10)));
    Instant first = SettableRealTime.read();
    LIVE.push(positions(at(participant, 52.2, 11)));
    Instant second = SettableRealTime.read();
    SettableRealTime.advance(Duration.ofSeconds(1));
    LIVE.push(positions(at(participant, 52.3, 12)));

    assertThat(Duration.between(first, second)).isEqualTo(Duration.ofMillis(500));
    assertThat(Duration.between(second, SettableRealTime.read())).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aClockThatJumpsBackHoldsNothingUp() {
    LIVE.push(positions(at(participant, 52.1, 10)));
    SettableRealTime.advance(Duration.ofHours(-1));
    Instant before = SettableRealTime.read();
    LIVE.push(positions(at(participant, 52.2, 11)));

    assertThat(SettableRealTime.read()).isEqualTo(before);
    assertThat(LIVE.gateway().sentTo(watcher)).hasSize(2);
    SettableRealTime.advance(Duration.ofHours(1));
  }

  @Test
  void whoHasWithdrawnIsNotShownAnyMore() {
    tenant.withdraw(participant);

    LIVE.push(positions(at(participant, 52.1, 10)), etas(eta(participant, LiveHarness.NOW)));

    assertThat(LIVE.gateway().sentTo(watcher)).isEmpty();
  }

  @Test
  void whatQueuesSayOfOthersIsNotTold() {
    TestTenant stranger = LIVE.tenant();
    UUID theirs = stranger.consenting(stranger.event(), "organisers");

    LIVE.push(positions(at(theirs, 52.1, 10)));

    assertThat(LIVE.gateway().sentTo(watcher)).isEmpty();
  }

  @Test
  void arrivalTimesComeWithWhatTheyRestOn() {
    LIVE.push(etas(eta(participant, LiveHarness.NOW.plusSeconds(600))));

    JsonNode message = only(watcher);
    assertThat(message.path("type").asText()).isEqualTo("eta_update");
    assertThat(message.path("as_of").asText()).isEqualTo("2026-03-01T09:00:00Z");
    assertThat(message.path("etas").path(0))
        .hasToString(
            """
            {"participant_id":"%s","state":"on_the_way","strategy":"osrm","travel_mode":"car",\
            "eta":"2026-03-01T09:10:00Z","seconds":600,"distance_metres":5000,\
            "route_metres":7000,"off_road_metres":4,"moving":true,"arrived":false,\
            "arrived_at":null,"last_ping_at":"2026-03-01T08:59:50Z","ping_age_seconds":10}\
            """
                .formatted(participant));
  }

  @Test
  void changesAreNumberedWithoutAGapAndToldAsThingsAreNow() {
    UUID removed = tenant.participant(event);
    UUID joined = tenant.participant(event);
    tenant.execute("delete from participants where id = :id", Map.of("id", removed));

    LIVE.push(
        changes(
            new LiveChange.Joined(new ParticipantId(joined)),
            new LiveChange.Left(new ParticipantId(removed), LiveChange.Reason.REMOVED)),
        changes(new LiveChange.Updated(new ParticipantId(removed))),
        changes(new LiveChange.Updated(new ParticipantId(participant))),
        changes(new LiveChange.EventChanged()));

    List<JsonNode> told = LIVE.gateway().sentTo(watcher);
    assertThat(told)
        .extracting(message -> message.path("type").asText())
        .containsExactly(
            "participant_join",
            "participant_leave",
            "event_update",
            "participant_update",
            "event_update");
    assertThat(told)
        .extracting(message -> message.path("sequence").asLong())
        .containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(told.get(0).path("participant"))
        .hasToString(
            """
            {"id":"%s","name":"Brendan 3","status":"pending","consented":false,\
            "travel_mode":"car"}\
            """
                .formatted(joined));
    assertThat(told.get(1).path("reason").asText()).isEqualTo("removed");
    assertThat(LIVE.snapshot(tenant.accessToken(member), event).json().path("sequence").asLong())
        .isEqualTo(5);
  }

  @Test
  void changesThatComeAgainKeepTheirNumbers() {
    LiveUpdate first = changes(new LiveChange.EventChanged(), new LiveChange.EventChanged());
    LiveUpdate second = changes(new LiveChange.EventChanged());

    LIVE.push(first, second);
    LIVE.push(first, second);
    LIVE.push(changes(new LiveChange.EventChanged()));

    assertThat(LIVE.gateway().sentTo(watcher))
        .extracting(message -> message.path("sequence").asLong())
        .containsExactly(1L, 2L, 3L, 1L, 2L, 3L, 4L);
  }

  @Test
  void changesAreNumberedWithNobodyThere() {
    UUID quiet = tenant.event();
    String token = tenant.accessToken(member);

    LIVE.push(LiveHarness.changes(tenant, quiet, new LiveChange.EventChanged()));

    assertThat(LIVE.snapshot(token, quiet).json().path("sequence").asLong()).isEqualTo(1);
  }

  @Test
  void manyChangesAtOnceAreOneNumber() {
    LIVE.push(
        changes(
            Collections.nCopies(300, new LiveChange.Updated(new ParticipantId(participant)))
                .toArray(LiveChange[]::new)));

    JsonNode message = only(watcher);
    assertThat(message.path("type").asText()).isEqualTo("event_update");
    assertThat(message.path("sequence").asLong()).isEqualTo(300);
  }

  @Test
  void thousandsOfPositionsComeInMessagesThatTheGatewayTakes() {
    List<LivePosition> all = new ArrayList<>();
    tenant.execute(
        """
        with p as (
          insert into participants (
            id, organization_id, event_id, occurrence_id, name, locale, status, created_at,
            updated_at, version)
          select gen_random_uuid(), :organization, :event, :event, 'Many', 'en', 'pending',
                 :created, :created, 1
          from generate_series(1, 1000)
          returning id)
        insert into consents (participant_id, organization_id, granted, changed_at)
        select id, :organization, true, :created
        from p
        """,
        Map.of("event", event));
    LIVE.snapshot(tenant.accessToken(member), event)
        .json()
        .path("participants")
        .forEach(
            each -> all.add(at(UUID.fromString(each.path("id").asText()), 52.123456789012, 10)));

    LIVE.push(
        positions(all.subList(0, 1000).toArray(LivePosition[]::new)), positions(all.get(1000)));

    List<JsonNode> told = LIVE.gateway().sentTo(watcher);
    assertThat(told).hasSize(3);
    assertThat(told.stream().mapToInt(message -> message.path("positions").size()).sum())
        .isEqualTo(1001);
  }

  @Test
  void linkIsToldOfItselfAndMissesNoNumber() {
    String link = LIVE.watching(tenant.link(participant), event);
    UUID other = tenant.consenting(event, "participants");

    LIVE.push(
        changes(
            new LiveChange.Joined(new ParticipantId(other)),
            new LiveChange.Updated(new ParticipantId(participant))),
        positions(at(participant, 52.1, 10), at(other, 52.2, 10)));

    List<JsonNode> told = LIVE.gateway().sentTo(link);
    assertThat(told)
        .extracting(message -> message.path("type").asText())
        .containsExactly("event_update", "participant_update", "location_update");
    assertThat(told.get(0).path("sequence").asLong()).isEqualTo(1);
    assertThat(told.get(2).path("positions").findValuesAsText("participant_id"))
        .containsExactly(participant.toString());
    assertThat(LIVE.gateway().sentTo(watcher).get(2).path("positions")).hasSize(2);
  }

  @Test
  void linkIsToldOfThoseWhoAgreedWhereTheEventAllowsIt() {
    tenant.share(event);
    UUID agreed = tenant.consenting(event, "participants");
    UUID own = tenant.consenting(event, "participants");
    String link = LIVE.watching(tenant.link(own), event);

    LIVE.push(positions(at(participant, 52.1, 10), at(agreed, 52.2, 10), at(own, 52.3, 10)));

    assertThat(only(link).path("positions").findValuesAsText("participant_id"))
        .containsExactlyInAnyOrder(agreed.toString(), own.toString());
  }

  @Test
  void whoWithdrawsIsToldAndDisconnected() {
    String link = LIVE.watching(tenant.link(participant), event);
    tenant.withdraw(participant);

    LIVE.push(
        changes(
            new LiveChange.Left(
                new ParticipantId(participant), LiveChange.Reason.CONSENT_WITHDRAWN)));

    assertThat(only(link).path("reason").asText()).isEqualTo("consent_withdrawn");
    assertThat(LIVE.gateway().isClosed(link)).isTrue();
    assertThat(LIVE.gateway().isClosed(watcher)).isFalse();
  }

  @Test
  void whoMayNoLongerWatchIsDisconnectedUntold() {
    UUID key = UUID.randomUUID();
    String byKey = LIVE.watching(tenant.apiKey(key, "positions.read"), event);
    UUID gone = tenant.consenting(event, "organisers");
    String byLink = LIVE.watching(tenant.link(gone), event);
    UUID demoted = tenant.member("org_manager");
    String byDemoted = LIVE.watching(tenant.accessToken(demoted), event);
    UUID closed = tenant.member("org_manager");
    String byClosed = LIVE.watching(tenant.accessToken(closed), event);

    tenant.execute("update api_keys set revoked_at = created_at where id = :id", Map.of("id", key));
    tenant.execute(
        "update participant_links set revoked_at = created_at where participant_id = :id",
        Map.of("id", gone));
    tenant.execute(
        "update members set role = 'org_viewer' where user_id = :id", Map.of("id", demoted));
    tenant.execute(
        "update users set deactivated_at = created_at where id = :id", Map.of("id", closed));
    tenant.execute("delete from members where user_id = :id", Map.of("id", member));
    LIVE.push(positions(at(participant, 52.1, 10)));

    for (String connection : List.of(byKey, byLink, byDemoted, byClosed, watcher)) {
      assertThat(LIVE.gateway().sentTo(connection)).isEmpty();
      assertThat(LIVE.gateway().isClosed(connection)).isTrue();
    }
  }

  @Test
  void whoWatchedADateThatIsGoneIsDisconnected() {
    tenant.execute("delete from occurrences where id = :event", Map.of("event", event));

    assertThat(LIVE.push(changes(new LiveChange.EventChanged()))).isEmpty();

    assertThat(LIVE.gateway().isClosed(watcher)).isTrue();
  }

  @Test
  void deadAndSilentSocketsAreDroppedAndTheOthersHearInTime() {
    String dead = LIVE.watching(tenant.accessToken(member), event);
    String silent = LIVE.watching(tenant.accessToken(member), event);
    LIVE.gateway().loses(dead);
    LIVE.gateway().neverAnswers(silent);

    LIVE.push(positions(at(participant, 52.1, 10)));
    SettableRealTime.advance(Duration.ofSeconds(1));
    LIVE.push(positions(at(participant, 52.2, 11)));

    assertThat(LIVE.gateway().sentTo(watcher)).hasSize(2);
    assertThat(LIVE.gateway().isClosed(silent)).isTrue();
    assertThat(status(LIVE.say(silent, "{\"action\":\"ping\"}"))).isEqualTo(401);
    assertThat(status(LIVE.say(dead, "{\"action\":\"ping\"}"))).isEqualTo(401);
  }

  @Test
  void whomTheGatewayThrottlesMissesAMessageAndStays() {
    LIVE.gateway().limits(watcher, true);
    LIVE.push(changes(new LiveChange.EventChanged()));
    LIVE.gateway().limits(watcher, false);
    LIVE.push(changes(new LiveChange.EventChanged()));

    assertThat(only(watcher).path("sequence").asLong()).isEqualTo(2);
  }

  @Test
  void poisonIsReportedAlone() {
    assertThat(
            LiveHarness.push(
                LIVE.pushFunction(),
                "{\"v\":1}",
                positions(at(participant, 52.1, 10)).toJson(),
                "poison"))
        .containsExactly(0, 2);
    assertThat(LIVE.gateway().sentTo(watcher)).hasSize(1);
  }

  @Test
  void whileDynamoDbThrottlesADateWaitsAndNothingIsLost() throws Exception {
    LiveUpdate update = changes(new LiveChange.EventChanged());
    try (ThrottlingDynamoDb dynamoDb =
        ThrottlingDynamoDb.before(LIVE.properties("live-push", TestDatabase.JOBS))) {
      LivePushFunction push = StartedPush.with(dynamoDb.properties());
      try (push) {
        dynamoDb.throttle(true);
        assertThat(LiveHarness.push(push, update.toJson())).containsExactly(0);
        assertThat(LIVE.gateway().sentTo(watcher)).isEmpty();

        dynamoDb.throttle(false);
        assertThat(LiveHarness.push(push, update.toJson())).isEmpty();
      }
    }
    assertThat(only(watcher).path("sequence").asLong()).isEqualTo(1);
  }

  @Test
  void arrivalTimesAreAskedForOnceInAWhileAndWhereSomebodyWatches() {
    SettableRealTime.advance(Duration.ofSeconds(1));
    int before = LIVE.refreshes();

    LIVE.push(positions(at(participant, 52.1, 10)));
    LIVE.push(positions(at(participant, 52.2, 11)));
    assertThat(LIVE.refreshes()).isEqualTo(before + 1);

    SettableRealTime.advance(Duration.ofSeconds(5));
    LIVE.push(positions(at(participant, 52.3, 12)));
    assertThat(LIVE.refreshes()).isEqualTo(before + 2);

    UUID quiet = tenant.event();
    UUID unseen = tenant.consenting(quiet, "organisers");
    LIVE.push(LiveHarness.positions(tenant, quiet, at(unseen, 52.1, 10)));
    assertThat(LIVE.refreshes()).isEqualTo(before + 2);
  }

  private static JsonNode only(String connection) {
    List<JsonNode> told = LIVE.gateway().sentTo(connection);
    assertThat(told).hasSize(1);
    return told.getFirst();
  }

  private static int status(JsonNode answer) {
    return answer.path("problem").path("status").asInt();
  }

  private LiveUpdate positions(LivePosition... positions) {
    return LiveHarness.positions(tenant, event, positions);
  }

  private LiveUpdate changes(LiveChange... changes) {
    return LiveHarness.changes(tenant, event, changes);
  }

  private LiveUpdate etas(LiveEta... etas) {
    return new LiveUpdate.Etas(
        new OrganizationId(tenant.id()), new OccurrenceId(event), LiveHarness.NOW, List.of(etas));
  }

  private static LivePosition at(UUID participant, double latitude, int second) {
    return LiveHarness.at(participant, latitude, LiveHarness.NOW.plusSeconds(second));
  }

  private static LiveEta eta(UUID participant, Instant eta) {
    return new LiveEta(
        new ParticipantId(participant),
        "on_the_way",
        "osrm",
        "car",
        eta,
        5_000L,
        7_000L,
        4L,
        true,
        null,
        LiveHarness.NOW.minusSeconds(10));
  }
}
