package app.turnout.identity.accounts;

import app.turnout.domain.UserId;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/// Accounts, found by address whatever its case.
@Singleton
public final class AccountRepository {
  private final Database database;
  private final Ids ids;

  AccountRepository(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  public Optional<Account> find(EmailAddress email) {
    return find(email, "");
  }

  /// The account that is there after this call, locked: a new unverified one, or the one that has
  /// the address already.
  Account register(Registration registration, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            insert into users (id, email, name, locale, password_hash, created_at, updated_at)
            values (:id, :email, :name, :locale, :passwordHash, :now, :now)
            on conflict (lower(email)) do nothing
            """)
        .bind("id", ids.next())
        .bind("email", registration.email().value())
        .bind("name", registration.name())
        .bind("locale", registration.locale())
        .bind("passwordHash", registration.passwordHash())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
    return find(registration.email(), "for update")
        .orElseThrow(() -> new IllegalStateException("The account was there a moment ago"));
  }

  /// Replaces the hash by another of the same password, unless the password was changed meanwhile.
  public void renewPasswordHash(Account account, String passwordHash, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update users
            set password_hash = :passwordHash, updated_at = :now
            where id = :id
              and password_hash = :before
            """)
        .bind("passwordHash", passwordHash)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("id", account.id().value())
        .bind("before", account.passwordHash())
        .execute();
  }

  private Optional<Account> find(EmailAddress email, String lock) {
    return database
        .handle()
        .createQuery(
            """
            select id, password_hash, email_verified_at is not null as is_verified
            from users
            where lower(email) = :email
            """
                + lock)
        .bind("email", email.folded())
        .map(
            (row, context) ->
                new Account(
                    new UserId(row.getObject("id", UUID.class)),
                    row.getString("password_hash"),
                    row.getBoolean("is_verified")))
        .findOne();
  }
}
