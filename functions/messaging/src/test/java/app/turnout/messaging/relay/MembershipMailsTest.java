package app.turnout.messaging.relay;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.platform.tokens.DerivedTokens;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Mails about belonging to an organization.
@AlsoOnLocalStack
class MembershipMailsTest {
  private static final TestMailbox MAILBOX = new TestMailbox();

  @RegisterExtension
  static final RelayHarness RELAY = new RelayHarness(Map.of("turnout.mail.port", MAILBOX.port()));

  private UUID organization;
  private UUID inviter;

  @BeforeEach
  void found() throws SQLException {
    organization = UUID.randomUUID();
    RELAY.execute(
        """
        insert into organizations (id, name, type, plan, created_at, updated_at, version)
        values (?, 'Bits & Bytes', 'event', 'free', now(), now(), 1)
        """,
        organization);
    inviter = RELAY.user("olga-" + organization + "@example.com", "en");
    RELAY.execute("update users set name = 'Olga' where id = ?", inviter);
  }

  @AfterEach
  void forget() throws Exception {
    MAILBOX.forget();
  }

  @AfterAll
  static void stop() {
    MAILBOX.close();
  }

  @Test
  void invitationCarriesItsTokenAndSaysHowToGetAnAccount() throws Exception {
    UUID invitation = invitation("new@example.com", "org_manager", "en");
    String token =
        new DerivedTokens("invitation-token-key-of-at-least-32-characters").token(invitation, 1);

    RELAY.relay();

    MimeMessage mail = onlyMail();
    assertThat(mail.getSubject()).isEqualTo("You are invited to “Bits & Bytes”");
    assertThat(mail.getRecipients(Message.RecipientType.TO)[0]).hasToString("new@example.com");
    assertThat(part(mail, 0))
        .contains("Olga asks you to join “Bits & Bytes” at Turnout, as manager.")
        .contains("https://turnout.example/invitation#token=" + token + "\r\n")
        .contains("\r\n" + token + "\r\n")
        .contains("register with this very e-mail address first")
        .contains("until 2026-03-08 09:00 UTC");
    assertThat(part(mail, 1))
        .contains("href=\"https://turnout.example/invitation#token=" + token + "\"")
        .contains("Bits &amp; Bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "en, You are invited to “Bits & Bytes”, as manager",
    "pt, Você foi convidado para “Bits & Bytes”, a função de gerente",
    "id, Anda diundang ke “Bits & Bytes”, sebagai manajer",
    "ru, Вас приглашают в «Bits & Bytes», Ваша роль: менеджер",
  })
  void invitationSpeaksTheLanguageItWasMadeIn(String locale, String subject, String role)
      throws Exception {
    invitation("new@example.com", "org_manager", locale);

    RELAY.relay();

    assertThat(onlyMail().getSubject()).isEqualTo(subject);
    assertThat(part(onlyMail(), 0)).contains(role);
  }

  @Test
  void whoHasAnAccountIsInvitedInTheirOwnLanguage() throws Exception {
    UUID user = RELAY.user("ana@example.com", "pt");
    RELAY.execute("update users set email_verified_at = now() where id = ?", user);
    invitation("Ana@Example.com", "org_viewer", "ru");

    RELAY.relay();

    assertThat(onlyMail().getSubject()).startsWith("Você foi convidado");
  }

  @Test
  void namesStayOnTheirLineAndAreNotEndless() throws Exception {
    RELAY.execute(
        "update organizations set name = ? where id = ?",
        "Nice\r\nBcc: victim@example.com " + "x".repeat(150),
        organization);
    invitation("new@example.com", "org_viewer", "en");

    RELAY.relay();

    MimeMessage mail = onlyMail();
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(mail.getSubject()).startsWith("You are invited to “Nice Bcc: victim").hasSize(122);
    assertThat(part(mail, 0)).contains("join “Nice Bcc: victim@example.com xxx");
  }

  @Test
  void invitationOfWhoIsGoneIsOfSomebody() throws Exception {
    invitation("new@example.com", "org_viewer", "en");
    RELAY.execute("delete from users where id = ?", inviter);

    RELAY.relay();

    assertThat(part(onlyMail(), 0)).contains("Somebody asks you to join");
  }

  @Test
  void invitationThatHasEndedIsNotSent() throws Exception {
    UUID revoked = invitation("a@example.com", "org_viewer", "en");
    RELAY.execute(
        "update invitations set ended_at = now(), ended_how = 'revoked' where id = ?", revoked);
    invitation("b@example.com", "org_viewer", "en");
    RELAY.message(
        "organization_invitation",
        "invitation:none",
        "{\"invitation_id\": \"" + UUID.randomUUID() + "\"}");
    RELAY.time().advance(Duration.ofDays(7));

    RELAY.relay();

    assertThat(MAILBOX.received()).isEmpty();
    assertThat(RELAY.value("select count(*) from outbox_messages where sent_at is null"))
        .isEqualTo("0");
  }

  @Test
  void offerOfOwnershipSaysWhatItMeans() throws Exception {
    UUID heir = RELAY.user("heir@example.com", "en");
    UUID offer = offer(heir);

    RELAY.relay();

    assertThat(onlyMail().getSubject()).isEqualTo("“Bits & Bytes” is offered to you");
    assertThat(part(onlyMail(), 0))
        .contains("Olga offers you their place as owner of “Bits & Bytes”")
        .contains("until 2026-03-08 09:00 UTC");
    assertThat(offer).isNotNull();
  }

  @Test
  void offerThatHasEndedIsNotSent() throws Exception {
    UUID offer = offer(RELAY.user("heir@example.com", "en"));
    RELAY.execute(
        "update ownership_offers set ended_at = now(), ended_how = 'cancelled' where id = ?",
        offer);

    RELAY.relay();

    assertThat(MAILBOX.received()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "en, You do not belong to “Bits & Bytes” any more",
    "pt, Você não faz mais parte de “Bits & Bytes”",
    "id, Anda tidak lagi menjadi anggota “Bits & Bytes”",
    "ru, Вы больше не состоите в «Bits & Bytes»",
  })
  void whoWasRemovedHearsOfIt(String locale, String subject) throws Exception {
    tell("member_removed", RELAY.user("ana@example.com", locale));

    RELAY.relay();

    assertThat(onlyMail().getSubject()).isEqualTo(subject);
  }

  @ParameterizedTest
  @CsvSource({
    "en, you are viewer now",
    "pt, a sua função agora é leitor",
    "id, peran Anda sekarang adalah pengamat",
    "ru, ваша роль теперь: наблюдатель",
  })
  void whoseRoleChangedHearsWhatTheyAre(String locale, String words) throws Exception {
    UUID user = RELAY.user("ana@example.com", locale);
    RELAY.execute("insert into members values (?, ?, 'org_viewer', now())", organization, user);
    tell("member_role_changed", user);
    tell("member_removed", user);

    RELAY.relay();

    assertThat(part(onlyMail(), 0)).contains(words);
  }

  private UUID invitation(String email, String role, String locale) throws SQLException {
    UUID invitation = UUID.randomUUID();
    Object now = RELAY.time().instant().atOffset(ZoneOffset.UTC);
    Object until = RELAY.time().instant().plus(Duration.ofDays(7)).atOffset(ZoneOffset.UTC);
    RELAY.execute(
        """
        insert into invitations (
          id, organization_id, email, role, locale, generation, token_hash, invited_by,
          created_at, sent_at, expires_at)
        values (?, ?, ?, ?, ?, 1, '', ?, ?, ?, ?)
        """,
        invitation,
        organization,
        email,
        role,
        locale,
        inviter,
        now,
        now,
        until);
    RELAY.message(
        "organization_invitation",
        "invitation:" + invitation,
        "{\"invitation_id\": \"" + invitation + "\"}");
    return invitation;
  }

  private UUID offer(UUID heir) throws SQLException {
    UUID offer = UUID.randomUUID();
    RELAY.execute(
        """
        insert into ownership_offers (
          id, organization_id, offered_by, offered_to, created_at, expires_at)
        values (?, ?, ?, ?, ?, ?)
        """,
        offer,
        organization,
        inviter,
        heir,
        RELAY.time().instant().atOffset(ZoneOffset.UTC),
        RELAY.time().instant().plus(Duration.ofDays(7)).atOffset(ZoneOffset.UTC));
    RELAY.message("ownership_offered", "user:" + heir, "{\"offer_id\": \"" + offer + "\"}");
    return offer;
  }

  private void tell(String kind, UUID user) throws SQLException {
    RELAY.message(
        kind,
        "user:" + user,
        "{\"organization_id\": \"%s\", \"user_id\": \"%s\"}".formatted(organization, user));
  }

  private static MimeMessage onlyMail() {
    MimeMessage[] received = MAILBOX.received();
    assertThat(received).hasSize(1);
    return received[0];
  }

  private static String part(MimeMessage mail, int index) throws Exception {
    return (String) ((Multipart) mail.getContent()).getBodyPart(index).getContent();
  }
}
