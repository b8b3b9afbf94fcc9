package app.turnout.messaging.relay;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.platform.tokens.DerivedTokens;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@AlsoOnLocalStack
class LinkMailsTest {
  private static final TestMailbox MAILBOX = new TestMailbox();

  @RegisterExtension
  static final RelayHarness RELAY =
      new RelayHarness(
          Map.of(
              "turnout.mail.port",
              MAILBOX.port(),
              "turnout.secrets.mail",
              "{\"username\": \"relay\", \"password\": \"secret\"}"));

  private final UUID id = UUID.randomUUID();

  @BeforeEach
  void plan() throws SQLException {
    RELAY.execute(
        """
        insert into organizations (id, name, type, plan, created_at, updated_at, version)
        values (?, 'Choir', 'event', 'free', now(), now(), 1)
        """,
        id);
    RELAY.execute(
        """
        insert into events (
          id, organization_id, title, type, status, visibility, arrival_radius_metres,
          time_zone, tracking_opens_minutes_before, check_in_on_arrival, created_at, updated_at,
          version)
        values (?, ?, 'Concert', 'demand', 'scheduled', 'private', 150, 'Europe/Dublin', 60, false,
                now(), now(), 1)
        """,
        id,
        id);
    RELAY.execute(
        """
        insert into occurrences (
          id, organization_id, event_id, original_start, local_start, local_end, time_zone,
          starts_at, ends_at, status, created_at, updated_at, version)
        values (?, ?, ?, '2026-06-01 19:00', '2026-06-01 19:00', '2026-06-01 21:00',
                'Europe/Dublin', '2026-06-01 18:00Z', '2026-06-01 20:00Z', 'scheduled', now(),
                now(), 1)
        """,
        id,
        id,
        id);
    RELAY.execute(
        """
        insert into participants (
          id, organization_id, event_id, occurrence_id, name, email, locale, status, created_at,
          updated_at, version)
        values (?, ?, ?, ?, 'Bo', 'bo@example.com', 'en', 'pending', now(), now(), 1)
        """,
        id,
        id,
        id,
        id);
    RELAY.execute(
        """
        insert into participant_links (
          id, organization_id, participant_id, generation, token_hash, created_at)
        values (?, ?, ?, 3, '', now())
        """,
        id,
        id,
        id);
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

  @ParameterizedTest
  @CsvSource({
    "en, You are expected at “Concert”, 'Choir expects you at “Concert”. It begins on'",
    "pt, Contamos com você em “Concert”, 'Choir espera por você em “Concert”.'",
    "id, Anda diharapkan hadir di “Concert”, 'Choir mengharapkan kehadiran Anda'",
    "ru, Вас ждут на «Concert», 'Choir ждёт вас на «Concert».'",
  })
  void linkIsMailedInTheParticipantsLanguage(String locale, String subject, String words)
      throws Exception {
    RELAY.execute("update participants set locale = ?", locale);

    UUID message = relay();

    MimeMessage mail = MAILBOX.received()[0];
    String token = new DerivedTokens("link-token-key-of-at-least-32-characters").token(id, 3);
    assertThat(mail.getSubject()).isEqualTo(subject);
    assertThat(text(mail))
        .contains(words, "2026-06-01 19:00", "https://turnout.example/me#" + token);
    assertThat(RELAY.value("select payload::text from outbox_messages where id = ?", message))
        .doesNotContain(token, "bo@example.com");
  }

  @Test
  void revokedLinkIsNotMailed() throws Exception {
    RELAY.execute("update participant_links set revoked_at = now()");

    assertThat(RELAY.state(relay())).isEqualTo("sent");
    assertThat(MAILBOX.received()).isEmpty();
  }

  @Test
  void cancelledDateAndWhoIsGoneAreNotMailed() throws Exception {
    RELAY.execute("update occurrences set status = 'cancelled'");
    assertThat(RELAY.state(relay())).isEqualTo("sent");

    RELAY.execute("update occurrences set status = 'scheduled'");
    RELAY.execute("delete from participants");
    assertThat(RELAY.state(relay())).isEqualTo("sent");

    assertThat(MAILBOX.received()).isEmpty();
  }

  private UUID relay() throws SQLException {
    UUID message =
        RELAY.message(
            "participant_link_mail",
            "participant:" + id,
            "{\"participant_id\": \"" + id + "\", \"link_id\": \"" + id + "\"}");
    RELAY.relay();
    return message;
  }

  private static String text(MimeMessage mail) throws Exception {
    return (String) ((Multipart) mail.getContent()).getBodyPart(0).getContent();
  }
}
