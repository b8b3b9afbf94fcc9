package app.turnout.identity.oauth;

import app.turnout.domain.UserId;
import app.turnout.identity.oauth.providers.Profile;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/// Accounts, as somebody comes to them by a provider. Whoever is found is locked.
@Singleton
final class ExternalAccountRepository {
  /// An account.
  ///
  /// @param isVerified whether its owner has shown that the address is theirs
  /// @param isOpen whether it is not deactivated
  record ExternalAccount(UserId id, boolean isVerified, boolean isOpen, boolean hasPassword) {}

  private final Database database;
  private final Ids ids;

  ExternalAccountRepository(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  /// The account that has this address after this call. A new one is verified already, and has no
  /// password; whether it is new tells what is in [Opened].
  Opened open(Profile profile, String locale, Instant now) {
    boolean isNew =
        database
                .handle()
                .createUpdate(
                    """
                    insert into users (
                      id, email, name, locale, password_hash, email_verified_at, created_at,
                      updated_at)
                    values (:id, :email, :name, :locale, null, :now, :now, :now)
                    on conflict (lower(email)) do nothing
                    """)
                .bind("id", ids.next())
                .bind("email", profile.email().value())
                .bind("name", profile.name())
                .bind("locale", locale)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute()
            == 1;
    return new Opened(lock(profile), isNew);
  }

  /// An account, and whether it was made just now.
  record Opened(ExternalAccount account, boolean isNew) {}

  private ExternalAccount lock(Profile profile) {
    return database
        .handle()
        .createQuery(
            """
            select id, email_verified_at is not null as is_verified,
                   deactivated_at is null as is_open, password_hash is not null as has_password
            from users
            where lower(email) = :email
            for update
            """)
        .bind("email", profile.email().folded())
        .map((row, context) -> read(row))
        .findOne()
        .orElseThrow(() -> new IllegalStateException("The account was there a moment ago"));
  }

  Optional<ExternalAccount> lock(UserId id) {
    return database
        .handle()
        .createQuery(
            """
            select id, email_verified_at is not null as is_verified,
                   deactivated_at is null as is_open, password_hash is not null as has_password
            from users
            where id = :id
            for update
            """)
        .bind("id", id.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /// Makes an account that somebody registered, and nobody verified, that of the person whom the
  /// provider vouches for. The passwords that it was registered with are forgotten: whose they are,
  /// nobody knows.
  void takeOver(UserId id, Profile profile, String locale, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            with closed as (
              update email_verifications
              set password_hash = ''
              where user_id = :id)
            update users
            set name = :name, locale = :locale, password_hash = null, email_verified_at = :now,
                updated_at = :now, version = version + 1
            where id = :id
            """)
        .bind("id", id.value())
        .bind("name", profile.name())
        .bind("locale", locale)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  private static ExternalAccount read(ResultSet row) throws SQLException {
    return new ExternalAccount(
        new UserId(row.getObject("id", UUID.class)),
        row.getBoolean("is_verified"),
        row.getBoolean("is_open"),
        row.getBoolean("has_password"));
  }
}
