package app.turnout.identity.accounts;

import app.turnout.domain.UserId;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Accounts, found by id or by address whatever its case. Who locks an account and more locks the
/// account first.
@Singleton
public final class AccountRepository {
  private static final String SELECT =
      """
      select id, email, password_hash, email_verified_at is not null as is_verified, deactivated_at
      from users
      """;

  /// Not `for update`: what refers to an account may be written meanwhile.
  private static final String LOCK = "for no key update";

  private final Database database;
  private final Ids ids;

  AccountRepository(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  public Optional<Account> find(EmailAddress email) {
    return byEmail(email, "");
  }

  public Optional<Account> find(UserId id) {
    return byId(id, "");
  }

  public Optional<Account> lock(EmailAddress email) {
    return byEmail(email, LOCK);
  }

  public Optional<Account> lock(UserId id) {
    return byId(id, LOCK);
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
    return lock(registration.email())
        .orElseThrow(() -> new IllegalStateException("The account was there a moment ago"));
  }

  /// Gives an account that is locked another password, or another hash of the same.
  public void setPassword(UserId id, String passwordHash, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update users
            set password_hash = :passwordHash, updated_at = :now,
                version = version + case when password_hash is null then 1 else 0 end
            where id = :id
            """)
        .bind("passwordHash", passwordHash)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("id", id.value())
        .execute();
  }

  /// Whether the account, which must be locked, has the address now. Not when another has it; one
  /// that only was registered and never verified gives way to who showed that it is theirs.
  public boolean changeEmail(UserId id, EmailAddress email, Instant now) {
    database
        .handle()
        .createQuery("select remove_unverified_account(:email)")
        .bind("email", email.value())
        .mapTo(Long.class)
        .one();
    return database
            .handle()
            .createUpdate(
                """
                update users
                set email = :email, updated_at = :now, version = version + 1
                where id = :id
                  and not exists (
                    select from users other
                    where lower(other.email) = lower(:email)
                      and other.id <> :id)
                """)
            .bind("email", email.value())
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .bind("id", id.value())
            .execute()
        == 1;
  }

  /// The names of organizations that would have no owner left without this account. Their members
  /// stay as they are meanwhile, so that two do not leave at once, each trusting in the other.
  public List<String> listOrganizationsOwnedAlone(UserId id) {
    return database
        .handle()
        .createQuery(
            """
            select name
            from organizations_owned_alone(:id)
            order by name, organization_id
            """)
        .bind("id", id.value())
        .mapTo(String.class)
        .list();
  }

  public void deactivate(UserId id, Instant now) {
    setDeactivated(id, ":now", now);
  }

  public void reactivate(UserId id, Instant now) {
    setDeactivated(id, "null", now);
  }

  private void setDeactivated(UserId id, String value, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update users
            set deactivated_at = %s, updated_at = :now, version = version + 1
            where id = :id
            """
                .formatted(value))
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("id", id.value())
        .execute();
  }

  private Optional<Account> byEmail(EmailAddress email, String lock) {
    return database
        .handle()
        .createQuery(SELECT + "where lower(email) = :email " + lock)
        .bind("email", email.folded())
        .map((row, context) -> read(row))
        .findOne();
  }

  private Optional<Account> byId(UserId id, String lock) {
    return database
        .handle()
        .createQuery(SELECT + "where id = :id " + lock)
        .bind("id", id.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  private static Account read(ResultSet row) throws SQLException {
    OffsetDateTime deactivatedAt = row.getObject("deactivated_at", OffsetDateTime.class);
    return new Account(
        new UserId(row.getObject("id", UUID.class)),
        new EmailAddress(row.getString("email")),
        row.getString("password_hash"),
        row.getBoolean("is_verified"),
        deactivatedAt == null ? null : deactivatedAt.toInstant());
  }
}
