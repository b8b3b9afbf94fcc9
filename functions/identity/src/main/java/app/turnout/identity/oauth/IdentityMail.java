package app.turnout.identity.oauth;

import app.turnout.domain.UserId;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;

/// Mails to owners of accounts: rows of the transaction, which the relay writes out.
@Singleton
final class IdentityMail {
  private final Outbox outbox;
  private final OutboxNudge nudge;

  IdentityMail(Outbox outbox, OutboxNudge nudge) {
    this.outbox = outbox;
    this.nudge = nudge;
  }

  /// Asks whether the identity that a confirmation is of may be linked.
  void askToConfirm(UserId user, UUID confirmation) {
    write("identity_confirmation", user, Map.of("confirmation_id", confirmation));
  }

  /// Tells that an identity was linked.
  void tellOfLink(Identity identity) {
    write(
        "identity_linked",
        identity.user(),
        Map.of("identity_id", identity.id(), "user_id", identity.user().value()));
  }

  private void write(String kind, UserId user, Map<String, UUID> payload) {
    outbox.write(null, kind, "user:" + user, payload);
    nudge.wakeRelay();
  }
}
