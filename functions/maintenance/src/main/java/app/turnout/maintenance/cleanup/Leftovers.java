package app.turnout.maintenance.cleanup;

import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;

/// Rows that have expired, removed by functions that their tables' owners wrote in SQL. Each call
/// is a transaction, and answers how many rows went.
@Singleton
final class Leftovers {
  private final Database database;

  Leftovers(Database database) {
    this.database = database;
  }

  long removeIdempotencyKeys(Instant createdBefore) {
    return remove("select remove_idempotency_keys(:before)", createdBefore);
  }

  long removeSessions(Instant expiredBefore) {
    return remove("select remove_sessions(:before)", expiredBefore);
  }

  long removeEmailVerifications(Instant expiredBefore) {
    return remove("select remove_email_verifications(:before)", expiredBefore);
  }

  long removePasswordResets(Instant expiredBefore) {
    return remove("select remove_password_resets(:before)", expiredBefore);
  }

  long removeEmailChanges(Instant createdBefore) {
    return remove("select remove_email_changes(:before)", createdBefore);
  }

  long removeDeactivatedAccounts(Instant deactivatedBefore) {
    return remove("select remove_deactivated_accounts(:before)", deactivatedBefore);
  }

  long removeOAuthAttempts(Instant expiredBefore) {
    return remove("select remove_oauth_attempts(:before)", expiredBefore);
  }

  long removeIdentityConfirmations(Instant expiredBefore) {
    return remove("select remove_identity_confirmations(:before)", expiredBefore);
  }

  long removeAdminInvitations(Instant expiredBefore) {
    return remove("select remove_admin_invitations(:before)", expiredBefore);
  }

  long removeInvitations(Instant expiredBefore) {
    return remove("select remove_invitations(:before)", expiredBefore);
  }

  long removeOutboxMessages(Instant sentBefore) {
    return remove("select remove_outbox_messages(:before)", sentBefore);
  }

  long removeParticipantImports(Instant untouchedSince) {
    return remove("select remove_participant_imports(:before)", untouchedSince);
  }

  private long remove(String query, Instant before) {
    return database.inTransaction(
        () ->
            database
                .handle()
                .createQuery(query)
                .bind("before", before.atOffset(ZoneOffset.UTC))
                .mapTo(Long.class)
                .one());
  }
}
