package app.turnout.messaging.relay.mail;

import app.turnout.messaging.relay.Delivery;
import app.turnout.messaging.relay.DeliveryOutcome;
import app.turnout.platform.outbox.OutboxMessage;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.tokens.DerivedTokens;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// Invites somebody to be an administrator of the platform. Its token is derived, as in
/// [VerificationMail].
@Singleton
final class AdminInvitationMail implements Delivery {
  private record Invited(
      String email, String locale, int generation, Instant expiresAt, boolean isOpen) {}

  private final Database database;
  private final Mailer mailer;
  private final TokenLetter letters;
  private final DerivedTokens tokens;
  private final InstantSource time;

  AdminInvitationMail(
      Database database, Mailer mailer, TokenLetter letters, Secrets secrets, InstantSource time) {
    this.database = database;
    this.mailer = mailer;
    this.letters = letters;
    this.tokens = new DerivedTokens(secrets.get("verification-token-key"));
    this.time = time;
  }

  @Override
  public String kind() {
    return "admin_invitation";
  }

  @Override
  public DeliveryOutcome deliver(OutboxMessage message) {
    UUID invitation = message.payloadId("invitation_id");
    return find(invitation)
        .map(invited -> deliver(message.id(), invitation, invited))
        .orElseGet(() -> new DeliveryOutcome.NotNeeded("there is no such invitation any more"));
  }

  private DeliveryOutcome deliver(UUID message, UUID invitation, Invited invited) {
    if (!invited.isOpen() || !time.instant().isBefore(invited.expiresAt())) {
      return new DeliveryOutcome.NotNeeded("the invitation is not good any more");
    }
    return mailer.send(
        message,
        invited.email(),
        letters.of(
            invited.locale(),
            "adminInvitation",
            "admin/register",
            tokens.token(invitation, invited.generation()),
            invited.expiresAt(),
            UnaryOperator.identity()));
  }

  private Optional<Invited> find(UUID invitation) {
    return database
        .handle()
        .createQuery(
            """
            select email, locale, generation, expires_at,
                   accepted_at is null and revoked_at is null as is_open
            from admin_invitations
            where id = :invitation
            """)
        .bind("invitation", invitation)
        .map(
            (row, context) ->
                new Invited(
                    row.getString("email"),
                    row.getString("locale"),
                    row.getInt("generation"),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                    row.getBoolean("is_open")))
        .findOne();
  }
}
