package app.turnout.identity.admins;

import app.turnout.domain.UserId;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/// Accounts of people whose address an invitation has proved.
@Singleton
final class InvitedAccountRepository {
  private final Database database;
  private final Ids ids;

  InvitedAccountRepository(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  /// A verified account with this name and password: a new one, or one that was registered and
  /// never verified, whose other passwords are forgotten. Empty when there is a verified one.
  Optional<UserId> open(Applicant applicant, String passwordHash, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            with opened as (
              insert into users (
                id, email, name, locale, password_hash, email_verified_at, created_at, updated_at)
              values (:id, :email, :name, :locale, :passwordHash, :now, :now, :now)
              on conflict (lower(email)) do update
              set name = excluded.name, locale = excluded.locale,
                  password_hash = excluded.password_hash,
                  email_verified_at = excluded.email_verified_at,
                  updated_at = excluded.updated_at, version = users.version + 1
              where users.email_verified_at is null
                and users.deactivated_at is null
              returning id),
            closed as (
              update email_verifications v
              set password_hash = ''
              from opened
              where v.user_id = opened.id)
            select id
            from opened
            """)
        .bind("id", ids.next())
        .bind("email", applicant.email().value())
        .bind("name", applicant.name())
        .bind("locale", applicant.locale())
        .bind("passwordHash", passwordHash)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .mapTo(UUID.class)
        .findOne()
        .map(UserId::new);
  }
}
