package app.turnout.messaging.relay;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateMailsTest {
  private static final TestMailbox MAILBOX = new TestMailbox();

  @RegisterExtension
  static final RelayHarness RELAY =
      new RelayHarness(
          Map.of(
              "turnout.mail.port",
              MAILBOX.port(),
              "turnout.secrets.mail",
              "{\"username\": \"relay\", \"password\": \"secret\"}"));

  private final UUID organization = UUID.randomUUID();
  private final UUID event = UUID.randomUUID();

  @BeforeEach
  void plan() throws SQLException {
    RELAY.execute(
        """
        insert into organizations (id, name, type, plan, created_at, updated_at, version)
        values (?, 'Choir', 'event', 'free', now(), now(), 1)
        """,
        organization);
    RELAY.execute(
        """
        insert into areas (
          id, organization_id, name, latitude, longitude, created_at, updated_at, version)
        values (?, ?, 'Hall', 1, 1, now(), now(), 1)
        """,
        event,
        organization);
    RELAY.execute(
        """
        insert into events (
          id, organization_id, title, type, status, visibility, area_id, arrival_radius_metres,
          time_zone, tracking_opens_minutes_before, check_in_on_arrival, translations, created_at,
          updated_at, version)
        values (?, ?, 'Concert', 'demand', 'scheduled', 'private', ?, 150, 'Europe/Dublin', 60,
                false, '{"ru": {"title": "Концерт"}}', now(), now(), 1)
        """,
        event,
        organization,
        event);
    RELAY.execute(
        """
        insert into occurrences (
          id, organization_id, event_id, original_start, local_start, local_end, time_zone,
          starts_at, ends_at, status, created_at, updated_at, version)
        values (?, ?, ?, '2026-06-01 19:00', '2026-06-01 19:00', '2026-06-01 21:00',
                'Europe/Dublin', '2026-06-01 18:00Z', '2026-06-01 20:00Z', 'scheduled', now(),
                now(), 1)
        """,
        event,
        organization,
        event);
  }

  @AfterEach
  void forget() throws Exception {
    MAILBOX.forget();
    RELAY.execute("delete from organizations");
  }

  @AfterAll
  static void stop() {
    MAILBOX.close();
  }

  @Test
  void movedDateIsToldInTheEventsOwnZone() throws Exception {
    participant("bo@example.com", "en", "confirmed");

    relay("date_moved");

    MimeMessage mail = MAILBOX.received()[0];
    assertThat(mail.getSubject()).isEqualTo("“Concert” has another time or place");
    assertThat(text(mail))
        .contains("“Concert” by Choir")
        .contains("It begins on 2026-06-01 19:00 Europe/Dublin now.")
        .contains("It is held here: Hall");
  }

  @ParameterizedTest
  @CsvSource({
    "en, “Concert” is cancelled, The organiser says: Storm",
    "pt-BR, “Concert” foi cancelado, O organizador diz: Storm",
    "id, “Concert” dibatalkan, Pesan dari penyelenggara: Storm",
    "ru, «Концерт» отменяется, Организатор сообщает: Storm",
  })
  void cancelledDateIsToldInTheParticipantsLanguage(String locale, String subject, String reason)
      throws Exception {
    participant("bo@example.com", locale, "pending");
    cancel();

    relay("date_cancelled");

    MimeMessage mail = MAILBOX.received()[0];
    assertThat(mail.getSubject()).isEqualTo(subject);
    assertThat(text(mail)).contains(reason);
  }

  @Test
  void whoSaidNoOrHasNoAddressIsNotTold() throws Exception {
    participant("no@example.com", "en", "denied");
    participant(null, "en", "confirmed");

    relay("date_moved");

    assertThat(MAILBOX.received()).isEmpty();
  }

  @Test
  void movedDateThatIsCancelledByNowIsNotToldAsMoved() throws Exception {
    participant("bo@example.com", "en", "confirmed");
    cancel();

    relay("date_moved");

    assertThat(MAILBOX.received()).isEmpty();
  }

  @Test
  void manyAreToldPageByPageEachOnce() throws Exception {
    for (int i = 0; i < 401; i++) {
      participant("p" + i + "@example.com", "en", "confirmed");
    }

    relay("date_moved");

    assertThat(MAILBOX.received()).hasSize(401);
    assertThat(RELAY.value("select count(*) from outbox_messages where kind = 'date_moved'"))
        .isEqualTo("3");
  }

  @Test
  void dateThatIsGoneNeedsNoTelling() throws Exception {
    UUID message =
        RELAY.message("date_cancelled", "x", "{\"occurrence_id\": \"" + UUID.randomUUID() + "\"}");

    RELAY.relay();

    assertThat(RELAY.state(message)).isEqualTo("sent");
  }

  @ParameterizedTest
  @CsvSource({
    "en, “Concert”: the clocks in Europe/Dublin follow new rules, Dates that this concerns: 30.",
    "pt-BR, “Concert”: os relógios em Europe/Dublin seguem novas regras, Datas afetadas: 30.",
    "id, “Concert”: jam di Europe/Dublin mengikuti aturan baru, yang terpengaruh: 30.",
    "ru, «Concert»: часы в Europe/Dublin идут по новым правилам, Затронуто дат: 30.",
  })
  void organiserHearsOfClocksThatFollowNewRules(String locale, String subject, String dates)
      throws Exception {
    UUID organiser = member(locale);

    RELAY.message("clocks_changed", "event:" + event, clocksChanged(organiser));
    RELAY.relay();

    MimeMessage mail = MAILBOX.received()[0];
    assertThat(mail.getSubject()).isEqualTo(subject);
    assertThat(text(mail))
        .contains("2026-06-01 19:00")
        .contains("2026-06-01 18:00 UTC")
        .contains("2026-06-01 19:00 UTC")
        .contains(dates);
  }

  @Test
  void whoIsNoMemberAnyMoreHearsNothingOfClocks() throws Exception {
    UUID organiser = member("en");
    RELAY.execute("delete from members where user_id = ?", organiser);

    UUID message = RELAY.message("clocks_changed", "event:" + event, clocksChanged(organiser));
    RELAY.relay();

    assertThat(RELAY.state(message)).isEqualTo("sent");
    assertThat(MAILBOX.received()).isEmpty();
  }

  private String clocksChanged(UUID organiser) {
    return """
    {"user_id": "%s", "occurrence_id": "%s", "event_id": "%s", "dates": 30,
     "starts_at_before": "2026-06-01T19:00:00Z"}
    """
        .formatted(organiser, event, event);
  }

  private UUID member(String locale) throws SQLException {
    UUID user = UUID.randomUUID();
    RELAY.execute(
        """
        insert into users (
          id, email, name, locale, password_hash, email_verified_at, created_at, updated_at)
        values (?, ?, 'Ada', ?, 'h', now(), now(), now())
        """,
        user,
        user + "@example.com",
        locale);
    RELAY.execute(
        """
        insert into members (organization_id, user_id, role, created_at)
        values (?, ?, 'org_owner', now())
        """,
        organization,
        user);
    return user;
  }

  private void relay(String kind) throws SQLException {
    RELAY.message(kind, "occurrence:" + event, "{\"occurrence_id\": \"" + event + "\"}");
    RELAY.relay();
  }

  private void cancel() throws SQLException {
    RELAY.execute(
        "update events set status = 'cancelled', cancellation_reason = 'Storm' where id = ?",
        event);
  }

  private void participant(@Nullable String email, String locale, String status)
      throws SQLException {
    RELAY.execute(
        """
        insert into participants (
          id, organization_id, event_id, occurrence_id, name, email, locale, status, created_at,
          updated_at, version)
        values (?, ?, ?, ?, 'Bo', ?, ?, ?, now(), now(), 1)
        """,
        UUID.randomUUID(),
        organization,
        event,
        event,
        email,
        locale,
        status);
  }

  private static String text(MimeMessage mail) throws Exception {
    return (String) ((Multipart) mail.getContent()).getBodyPart(0).getContent();
  }
}
