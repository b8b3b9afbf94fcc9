package app.turnout.messaging.relay;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.platform.tokens.DerivedTokens;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Mails about logins at other services, and to whoever is to administer the platform.
@AlsoOnLocalStack
class IdentityMailsTest {
  private static final TestMailbox MAILBOX = new TestMailbox();
  private static final DerivedTokens TOKENS =
      new DerivedTokens("verification-token-key-of-at-least-32-characters");

  @RegisterExtension
  static final RelayHarness RELAY = new RelayHarness(Map.of("turnout.mail.port", MAILBOX.port()));

  @AfterEach
  void forget() throws Exception {
    MAILBOX.forget();
    RELAY.execute("delete from admin_invitations");
  }

  @AfterAll
  static void stop() {
    MAILBOX.close();
  }

  @Test
  void ownerIsAskedWithATokenAndBothAccountsNamed() throws Exception {
    UUID confirmation = confirmation("en");
    String token = TOKENS.token(confirmation, 1);

    RELAY.relay();

    MimeMessage mail = onlyMail();
    assertThat(mail.getSubject()).isEqualTo("Connect GitHub with your Turnout account?");
    assertThat(mail.getRecipients(Message.RecipientType.TO)[0]).hasToString("ana@example.com");
    assertThat(text(mail))
        .contains("the GitHub account octo@example.com")
        .contains("https://turnout.example/confirm-identity#token=" + token + "\r\n")
        .contains("\r\n" + token + "\r\n")
        .contains("until 2026-03-01 10:00 UTC")
        .doesNotContain("{");
  }

  @ParameterizedTest
  @CsvSource({
    "pt, Conectar o GitHub à sua conta no Turnout?",
    "id, Hubungkan GitHub dengan akun Turnout Anda?",
    "ru, Связать GitHub с вашей учётной записью Turnout?",
  })
  void questionIsInTheOwnersLanguage(String locale, String subject) throws Exception {
    confirmation(locale);

    RELAY.relay();

    assertThat(onlyMail().getSubject()).isEqualTo(subject);
    assertThat(text(onlyMail())).doesNotContain("{");
  }

  @Test
  void questionThatIsAnsweredOrTooOldIsNotAsked() throws Exception {
    confirmation("en");
    RELAY.execute("update identity_confirmations set used_at = created_at");
    RELAY.relay();
    RELAY.execute("delete from users");
    confirmation("en");
    RELAY.time().advance(Duration.ofHours(1));
    RELAY.relay();

    assertThat(MAILBOX.received()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "en, Google is connected with your Turnout account",
    "pt, O Google está conectado à sua conta no Turnout",
    "id, Google terhubung dengan akun Turnout Anda",
    "ru, Google связан с вашей учётной записью Turnout",
  })
  void ownerHearsWhatWasLinked(String locale, String subject) throws Exception {
    linked(locale);

    RELAY.relay();

    MimeMessage mail = onlyMail();
    assertThat(mail.getSubject()).isEqualTo(subject);
    assertThat(mail.getRecipients(Message.RecipientType.TO)[0]).hasToString("ana@example.com");
    assertThat(text(mail)).contains("ana@gmail.example").doesNotContain("{", "#token");
  }

  @Test
  void whatIsNotLinkedAnyMoreIsNotTold() throws Exception {
    UUID message = linked("en");
    RELAY.execute("delete from identities");

    RELAY.relay();

    assertThat(MAILBOX.received()).isEmpty();
    assertThat(RELAY.state(message)).isEqualTo("sent");
  }

  @ParameterizedTest
  @CsvSource({
    "en, You are invited to administer Turnout",
    "pt, Você foi convidado a administrar o Turnout",
    "id, Anda diundang menjadi administrator Turnout",
    "ru, Вас приглашают администрировать Turnout",
  })
  void adminsInvitationCarriesItsToken(String locale, String subject) throws Exception {
    UUID invitation = invitation(locale);
    String token = TOKENS.token(invitation, 1);

    RELAY.relay();

    MimeMessage mail = onlyMail();
    assertThat(mail.getSubject()).isEqualTo(subject);
    assertThat(mail.getRecipients(Message.RecipientType.TO)[0]).hasToString("root@example.com");
    assertThat(text(mail))
        .contains("https://turnout.example/admin/register#token=" + token)
        .contains("2026-03-08 09:00 UTC")
        .doesNotContain("{");
  }

  @Test
  void invitationThatWasTakenBackOrHasExpiredIsNotSent() throws Exception {
    invitation("en");
    RELAY.execute("update admin_invitations set revoked_at = created_at");
    RELAY.relay();
    invitation("en");
    RELAY.time().advance(Duration.ofDays(7));
    RELAY.relay();

    assertThat(MAILBOX.received()).isEmpty();
  }

  private static UUID confirmation(String locale) throws SQLException {
    UUID user = RELAY.user("ana@example.com", locale);
    UUID id = UUID.randomUUID();
    RELAY.execute(
        """
        insert into identity_confirmations (
          id, user_id, provider, subject, email, generation, token_hash, created_at, expires_at)
        values (?, ?, 'github', '7', 'octo@example.com', 1, '', timestamptz '2026-03-01 09:00Z',
                timestamptz '2026-03-01 10:00Z')
        """,
        id,
        user);
    RELAY.message("identity_confirmation", "user:" + user, "{\"confirmation_id\": \"" + id + "\"}");
    return id;
  }

  private static UUID linked(String locale) throws SQLException {
    UUID user = RELAY.user("ana@example.com", locale);
    UUID id = UUID.randomUUID();
    RELAY.execute(
        """
        insert into identities (id, user_id, provider, subject, email, created_at)
        values (?, ?, 'google', '7', 'ana@gmail.example', timestamptz '2026-03-01 09:00Z')
        """,
        id,
        user);
    return RELAY.message(
        "identity_linked",
        "user:" + user,
        "{\"identity_id\": \"" + id + "\", \"user_id\": \"" + user + "\"}");
  }

  private static UUID invitation(String locale) throws SQLException {
    UUID id = UUID.randomUUID();
    RELAY.execute(
        """
        insert into admin_invitations (
          id, email, locale, generation, token_hash, created_at, expires_at)
        values (?, 'root@example.com', ?, 1, '', timestamptz '2026-03-01 09:00Z',
                timestamptz '2026-03-08 09:00Z')
        """,
        id,
        locale);
    RELAY.message("admin_invitation", "admins", "{\"invitation_id\": \"" + id + "\"}");
    return id;
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
