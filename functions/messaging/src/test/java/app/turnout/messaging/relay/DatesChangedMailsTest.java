package app.turnout.messaging.relay;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Four dates of a class, moved by one edit from 18:00 to 19:00, the last one cancelled.
class DatesChangedMailsTest {
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
  private final List<UUID> dates = new ArrayList<>();

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
        values (?, ?, 'Barn', 1, 1, now(), now(), 1)
        """,
        event,
        organization);
    RELAY.execute(
        """
        insert into events (
          id, organization_id, title, type, status, visibility, arrival_radius_metres, time_zone,
          tracking_opens_minutes_before, check_in_on_arrival, created_at, updated_at, version)
        values (?, ?, 'Rehearsal', 'periodic', 'scheduled', 'private', 150, 'Europe/Dublin', 60,
                false, now(), now(), 1)
        """,
        event,
        organization);
    for (int day = 1; day <= 4; day++) {
      UUID date = UUID.randomUUID();
      dates.add(date);
      RELAY.execute(
          """
          insert into occurrences (
            id, organization_id, event_id, original_start, local_start, local_end, time_zone,
            starts_at, ends_at, status, area_id, created_at, updated_at, version)
          select ?, ?, ?, t, t, t + interval '1 hour', 'Europe/Dublin',
                 t at time zone 'Europe/Dublin', t at time zone 'Europe/Dublin' + interval '1 hour',
                 ?, cast(? as uuid), now(), now(), 1
          from cast(? as timestamp) as t
          """,
          date,
          organization,
          event,
          day == 4 ? "cancelled" : "scheduled",
          day == 2 ? event.toString() : null,
          "2026-06-0" + day + " 19:00");
    }
  }

  @AfterEach
  void forget() throws Exception {
    MAILBOX.forget();
    RELAY.execute("delete from events");
    RELAY.execute("delete from organizations");
  }

  @AfterAll
  static void stop() {
    MAILBOX.close();
  }

  @Test
  void whoIsAtManyDatesGetsOneMailThatSaysWhich() throws Exception {
    for (UUID date : dates) {
      participant(date, "bo@example.com", "en", "confirmed");
    }
    participant(dates.get(1), "BO@example.com", "en", "confirmed");
    participant(dates.getFirst(), "al@example.com", "en", "pending");
    participant(dates.getFirst(), "no@example.com", "en", "denied");

    relay();

    assertThat(MAILBOX.received()).hasSize(2);
    String text = text("bo@example.com");
    assertThat(text)
        .contains("Some of your dates of “Rehearsal” by Choir have changed:")
        .contains("2026-06-01 18:00 Europe/Dublin: takes place on 2026-06-01 19:00 Europe/Dublin\n")
        .contains("takes place on 2026-06-02 19:00 Europe/Dublin, at Barn")
        .contains("2026-06-04 18:00 Europe/Dublin: cancelled");
    assertThat(text("al@example.com")).contains("2026-06-01").doesNotContain("2026-06-02");
  }

  @ParameterizedTest
  @CsvSource({
    "en, Dates of “Rehearsal” have changed",
    "pt-BR, Datas de “Rehearsal” mudaram",
    "id, Tanggal “Rehearsal” berubah",
    "ru, Даты «Rehearsal» изменились",
  })
  void theirLanguageIsSpoken(String locale, String subject) throws Exception {
    participant(dates.getFirst(), "bo@example.com", locale, "confirmed");

    relay();

    assertThat(MAILBOX.received()[0].getSubject()).isEqualTo(subject);
  }

  @Test
  void manyPeopleAreToldPageByPageEachOnce() throws Exception {
    for (int i = 0; i < 401; i++) {
      participant(dates.get(0), "p" + i + "@example.com", "en", "confirmed");
      participant(dates.get(1), "p" + i + "@example.com", "en", "confirmed");
    }

    relay();

    assertThat(MAILBOX.received()).hasSize(401);
  }

  private void relay() throws SQLException {
    RELAY.message(
        "dates_changed",
        "event:" + event,
        "{\"organization_id\": \"%s\", \"event_id\": \"%s\", \"dates\": {%s}}"
            .formatted(
                organization,
                event,
                IntStream.range(0, dates.size())
                    .mapToObj(
                        i -> "\"" + dates.get(i) + "\": \"2026-06-0" + (i + 1) + "T17:00:00Z\"")
                    .collect(Collectors.joining(", "))));
    RELAY.relay();
  }

  private void participant(UUID date, String email, String locale, String status)
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
        date,
        email,
        locale,
        status);
  }

  private static String text(String address) throws Exception {
    for (MimeMessage mail : MAILBOX.received()) {
      if (mail.getAllRecipients()[0].toString().equalsIgnoreCase(address)) {
        return ((String) ((Multipart) mail.getContent()).getBodyPart(0).getContent())
            .replace("\r", "");
      }
    }
    throw new AssertionError("no mail to " + address);
  }
}
