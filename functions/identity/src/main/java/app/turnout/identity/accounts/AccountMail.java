package app.turnout.identity.accounts;

import app.turnout.domain.UserId;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;

/// Mails to the owners of addresses: rows of the transaction, which the relay writes out.
@Singleton
final class AccountMail {
  private final Outbox outbox;
  private final OutboxNudge nudge;

  AccountMail(Outbox outbox, OutboxNudge nudge) {
    this.outbox = outbox;
    this.nudge = nudge;
  }

  /// Carries the token that completes this registration.
  void askToVerify(UserId user, UUID verification) {
    write("email_verification", user, Map.of("verification_id", verification));
  }

  /// Tells somebody who has an account that it was tried to make another.
  void tellOfAttempt(UserId user) {
    write("registration_attempted", user, Map.of("user_id", user.value()));
  }

  /// Call it after the commit.
  void leave() {
    nudge.wakeRelay();
  }

  private void write(String kind, UserId user, Map<String, UUID> payload) {
    outbox.write(null, kind, "user:" + user, payload);
  }
}
