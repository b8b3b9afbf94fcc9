package app.turnout.messaging.relay;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.platform.tokens.DerivedTokens;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Mails about passwords, addresses and accounts that are left.
@AlsoOnLocalStack
class CredentialMailsTest {
  private static final TestMailbox MAILBOX = new TestMailbox();
  private static final DerivedTokens TOKENS =
      new DerivedTokens("verification-token-key-of-at-least-32-characters");

  @RegisterExtension
  static final RelayHarness RELAY = new RelayHarness(Map.of("turnout.mail.port", MAILBOX.port()));

  @AfterEach
  void forget() throws Exception {
    MAILBOX.forget();
  }

  @AfterAll
  static void stop() {
    MAILBOX.close();
  }

  @Test
  void resetCarriesItsToken() throws Exception {
    UUID user = verified("ana@example.com", "en");
    UUID reset = RELAY.reset(user);
    String token = TOKENS.token(reset, 1);
    reset(reset);

    RELAY.relay();

    MimeMessage mail = onlyMail();
    assertThat(mail.getSubject()).isEqualTo("Set a new password");
    assertThat(mail.getRecipients(Message.RecipientType.TO)[0]).hasToString("ana@example.com");
    assertThat(text(mail))
        .contains("https://turnout.example/reset-password#token=" + token + "\r\n")
        .contains("\r\n" + token + "\r\n")
        .contains("until 2026-03-01 10:00 UTC")
        .doesNotContain("deactivated");
  }

  @Test
  void addressThatNobodyHasGetsNothing() throws Exception {
    UUID message = reset(RELAY.reset(null));

    RELAY.relay();

    assertThat(MAILBOX.received()).isEmpty();
    assertThat(RELAY.state(message)).isEqualTo("sent");
  }

  @Test
  void whoNeverConfirmedTheAddressGetsNoToken() throws Exception {
    UUID reset = RELAY.reset(RELAY.user("ana@example.com", "en"));
    reset(reset);

    RELAY.relay();

    assertThat(text(onlyMail()))
        .contains("register again")
        .doesNotContain(TOKENS.token(reset, 1), "#token");
  }

  @Test
  void whoLeftLatelyGetsTheAccountBack() throws Exception {
    UUID user = verified("ana@example.com", "en");
    RELAY.execute("update users set deactivated_at = timestamptz '2026-01-31 08:00Z'");
    UUID late = reset(RELAY.reset(user));
    RELAY.relay();
    assertThat(MAILBOX.received()).hasSize(1);
    assertThat(text(onlyMail())).contains("it is active again");
    MAILBOX.forget();

    RELAY.execute("update users set deactivated_at = timestamptz '2026-01-30 09:00Z'");
    UUID tooLate = reset(RELAY.reset(user));
    RELAY.relay();

    assertThat(MAILBOX.received()).isEmpty();
    assertThat(RELAY.state(late)).isEqualTo("sent");
    assertThat(RELAY.state(tooLate)).isEqualTo("sent");
  }

  @Test
  void whoLeftAndRegistersAgainHearsHowToComeBack() throws Exception {
    UUID user = verified("ana@example.com", "en");
    RELAY.execute("update users set deactivated_at = created_at");
    RELAY.message("registration_attempted", "user:" + user, "{\"user_id\": \"" + user + "\"}");

    RELAY.relay();

    assertThat(text(onlyMail()))
        .contains("the account is deactivated")
        .doesNotContain("with the password you have");
  }

  @Test
  void resetThatIsNotGoodAnyMoreIsNotMailed() throws Exception {
    UUID user = verified("ana@example.com", "en");
    reset(RELAY.reset(user));
    RELAY.execute("update password_resets set used_at = created_at");
    reset(RELAY.reset(user));
    RELAY.time().advance(Duration.ofHours(1));

    RELAY.relay();

    assertThat(MAILBOX.received()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "password_changed, Ваш пароль изменён",
    "login_locked, Слишком много неудачных попыток входа",
    "account_deactivated, Ваша учётная запись отключена",
  })
  void ownerIsTold(String kind, String subject) throws Exception {
    UUID user = verified("ana@example.com", "ru");
    RELAY.message(kind, "user:" + user, "{\"user_id\": \"" + user + "\"}");
    RELAY.message(kind, "user:x", "{\"user_id\": \"" + UUID.randomUUID() + "\"}");

    RELAY.relay();

    MimeMessage mail = onlyMail();
    assertThat(mail.getSubject()).isEqualTo(subject);
    assertThat(mail.getRecipients(Message.RecipientType.TO)[0]).hasToString("ana@example.com");
    assertThat(text(mail)).doesNotContain("http");
  }

  @Test
  void newAddressGetsTheTokenAndTheOldOneIsTold() throws Exception {
    UUID user = verified("old@example.com", "pt");
    UUID change = RELAY.emailChange(user, "old@example.com", "new@example.com");
    change("email_change_confirmation", change);
    change("email_change_requested", change);
    RELAY.relay();

    assertThat(text(mailTo("new@example.com")))
        .contains("https://turnout.example/confirm-email#token=" + TOKENS.token(change, 1));
    assertThat(text(mailTo("old@example.com")))
        .contains("alguém sabe a sua senha")
        .doesNotContain(TOKENS.token(change, 1), "new@example.com");

    MAILBOX.forget();
    RELAY.execute("update users set email = 'new@example.com'");
    RELAY.execute("update email_changes set used_at = created_at");
    change("email_changed", change);
    RELAY.relay();

    assertThat(onlyMail().getRecipients(Message.RecipientType.TO)[0])
        .hasToString("old@example.com");
  }

  @Test
  void addressWithAnAccountOfItsOwnGetsNoToken() throws Exception {
    UUID user = verified("old@example.com", "en");
    verified("New@example.com", "en");
    UUID change = RELAY.emailChange(user, "old@example.com", "new@example.com");
    change("email_change_confirmation", change);

    RELAY.relay();

    MimeMessage mail = onlyMail();
    assertThat(mail.getSubject()).isEqualTo("You have a Turnout account already");
    assertThat(text(mail)).doesNotContain(TOKENS.token(change, 1));
  }

  /// Each language has each phrase, with the same things to fill in.
  @ParameterizedTest
  @ValueSource(strings = {"_pt", "_id", "_ru"})
  void everyPhraseIsTranslated(String language) throws Exception {
    Properties english = phrases("");
    Properties translated = phrases(language);

    assertThat(translated.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    List<String> untranslated = new ArrayList<>();
    for (String key : english.stringPropertyNames()) {
      assertThat(translated.getProperty(key).replaceAll("[^{]*(\\{\\w+})?[^{]*", "$1"))
          .as(key)
          .isEqualTo(english.getProperty(key).replaceAll("[^{]*(\\{\\w+})?[^{]*", "$1"));
      if (translated.getProperty(key).equals(english.getProperty(key))) {
        untranslated.add(key);
      }
    }
    assertThat(untranslated).isEmpty();
  }

  private static Properties phrases(String language) throws Exception {
    Properties phrases = new Properties();
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(
                OutboxRelayFunction.class.getResourceAsStream(
                    "mail/phrases" + language + ".properties")),
            StandardCharsets.UTF_8)) {
      phrases.load(reader);
    }
    return phrases;
  }

  private static UUID verified(String email, String locale) throws SQLException {
    UUID user = RELAY.user(email, locale);
    RELAY.execute("update users set email_verified_at = created_at where id = ?", user);
    return user;
  }

  private static UUID reset(UUID reset) throws SQLException {
    return RELAY.message("password_reset", "reset:" + reset, "{\"reset_id\": \"" + reset + "\"}");
  }

  private static void change(String kind, UUID change) throws SQLException {
    RELAY.message(kind, "change:" + change, "{\"change_id\": \"" + change + "\"}");
  }

  private static MimeMessage mailTo(String address) throws Exception {
    @Nullable MimeMessage found = null;
    for (MimeMessage mail : MAILBOX.received()) {
      if (mail.getRecipients(Message.RecipientType.TO)[0].toString().equals(address)) {
        found = mail;
      }
    }
    return Objects.requireNonNull(found);
  }

  private static MimeMessage onlyMail() {
    MimeMessage[] received = MAILBOX.received();
    assertThat(received).hasSize(1);
    return received[0];
  }

  private static String text(MimeMessage mail) throws Exception {
    return (String) ((Multipart) mail.getContent()).getBodyPart(0).getContent();
  }
}
