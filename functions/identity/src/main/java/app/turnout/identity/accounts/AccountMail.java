package app.turnout.identity.accounts;

import app.turnout.domain.UserId;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Mails to the owners of addresses: rows of the transaction, which the relay writes out. Where
/// nobody may learn whether there is an account, a message is written either way, and the relay
/// finds that it has nobody to go to.
@Singleton
public final class AccountMail {
  private final Outbox outbox;
  private final OutboxNudge nudge;
  private final Ids ids;

  AccountMail(Outbox outbox, OutboxNudge nudge, Ids ids) {
    this.outbox = outbox;
    this.nudge = nudge;
    this.ids = ids;
  }

  /// Carries the token that completes this registration.
  void askToVerify(UserId user, UUID verification) {
    write("email_verification", user.value(), Map.of("verification_id", verification));
  }

  /// Tells somebody who has an account that it was tried to make another.
  void tellOfAttempt(UserId user) {
    write("registration_attempted", user.value(), Map.of("user_id", user.value()));
  }

  /// Carries the token that sets a new password.
  ///
  /// @param user null when nobody has the address
  public void sendReset(@Nullable UserId user, UUID reset) {
    write("password_reset", user == null ? reset : user.value(), Map.of("reset_id", reset));
  }

  /// Tells that the password is another one now.
  public void tellPasswordChanged(UserId user) {
    write("password_changed", user.value(), Map.of("user_id", user.value()));
  }

  /// Tells that logins are refused for a while, after too many that failed.
  ///
  /// @param user null when nobody has the address
  public void tellLocked(@Nullable UserId user) {
    UUID whom = user == null ? ids.next() : user.value();
    write("login_locked", whom, Map.of("user_id", whom));
  }

  /// Tells how to come back.
  public void tellDeactivated(UserId user) {
    write("account_deactivated", user.value(), Map.of("user_id", user.value()));
  }

  /// Carries, to the new address, the token that makes it the account's.
  public void askToConfirmEmail(UserId user, UUID change) {
    write("email_change_confirmation", user.value(), Map.of("change_id", change));
  }

  /// Tells the present address that another was asked for.
  public void tellOfEmailChange(UserId user, UUID change) {
    write("email_change_requested", user.value(), Map.of("change_id", change));
  }

  /// Tells the former address that it is that no more.
  public void tellEmailChanged(UserId user, UUID change) {
    write("email_changed", user.value(), Map.of("change_id", change));
  }

  /// Call it after the commit.
  public void leave() {
    nudge.wakeRelay();
  }

  private void write(String kind, UUID whose, Map<String, UUID> payload) {
    outbox.write(null, kind, "user:" + whose, payload);
  }
}
