package app.turnout.messaging.relay;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.platform.tokens.DerivedTokens;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@AlsoOnLocalStack
class AccountMailsTest {
  private static final TestMailbox MAILBOX = new TestMailbox();

  @RegisterExtension
  static final RelayHarness RELAY =
      new RelayHarness(
          Map.of(
              "turnout.mail.port",
              MAILBOX.port(),
              "turnout.secrets.mail",
              "{\"username\": \"relay\", \"password\": \"secret\"}"));

  @AfterEach
  void forget() throws Exception {
    MAILBOX.forget();
  }

  @AfterAll
  static void stop() {
    MAILBOX.close();
  }

  @Test
  void verificationCarriesItsTokenInTextAndHtml() throws Exception {
    UUID message = RELAY.registration("ana@example.com", "en");
    UUID verification = UUID.fromString(RELAY.value("select id from email_verifications"));
    String token =
        new DerivedTokens("verification-token-key-of-at-least-32-characters")
            .token(verification, 1);

    RELAY.relay();

    MimeMessage mail = onlyMail();
    assertThat(mail.getMessageID()).isEqualTo("<" + message + "@turnout.example>");
    assertThat(mail.getSubject()).isEqualTo("Confirm your e-mail address");
    assertThat(mail.getFrom()[0]).hasToString("Turnout <hello@turnout.example>");
    assertThat(mail.getRecipients(Message.RecipientType.TO)[0]).hasToString("ana@example.com");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.isMimeType("multipart/alternative")).isTrue();
    assertThat(part(mail, 0, "text/plain"))
        .contains("https://turnout.example/verify-email#token=" + token + "\r\n")
        .contains("\r\n" + token + "\r\n")
        .contains("until 2026-03-02 09:00 UTC");
    assertThat(part(mail, 1, "text/html"))
        .contains("href=\"https://turnout.example/verify-email#token=" + token + "\"")
        .contains("<html lang=\"en\">");
  }

  @Test
  void ownerHearsThatSomebodyTriedToRegister() throws Exception {
    UUID user = RELAY.user("owner@example.com", "pt");
    RELAY.message("registration_attempted", "user:" + user, "{\"user_id\": \"" + user + "\"}");

    RELAY.relay();

    MimeMessage mail = onlyMail();
    assertThat(mail.getSubject()).isEqualTo("Você já tem uma conta no Turnout");
    assertThat(part(mail, 0, "text/plain")).contains("Já existe uma conta com ele");
    assertThat(part(mail, 1, "text/html")).contains("<html lang=\"pt\">");
  }

  @ParameterizedTest
  @CsvSource({
    "en, Confirm your e-mail address",
    "pt, Confirme o seu endereço de e-mail",
    "pt-BR, Confirme o seu endereço de e-mail",
    "id, Konfirmasi alamat email Anda",
    "ru, Подтвердите адрес электронной почты",
    "de, Confirm your e-mail address",
  })
  void mailSpeaksTheRecipientsLanguage(String locale, String subject)
      throws SQLException, MessagingException {
    RELAY.registration("ana@example.com", locale);

    RELAY.relay();

    assertThat(onlyMail().getSubject()).isEqualTo(subject);
  }

  private static MimeMessage onlyMail() {
    MimeMessage[] received = MAILBOX.received();
    assertThat(received).hasSize(1);
    return received[0];
  }

  private static String part(MimeMessage mail, int index, String type)
      throws MessagingException, IOException {
    Multipart parts = (Multipart) mail.getContent();
    assertThat(parts.getBodyPart(index).isMimeType(type)).isTrue();
    return (String) parts.getBodyPart(index).getContent();
  }
}
