package app.turnout.identity.profile;

import app.turnout.domain.UserId;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Accounts, as far as their owners describe themselves.
@Singleton
final class ProfileRepository {
  private final Database database;

  ProfileRepository(Database database) {
    this.database = database;
  }

  /// Throws IllegalStateException when there is no such account: whoever asks is signed in by it.
  Profile get(UserId user) {
    return get(user, "");
  }

  Profile getLocked(UserId user) {
    return get(user, "for update");
  }

  void replace(UserId user, String name, String locale, @Nullable String phone, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update users
            set name = :name, locale = :locale, phone = :phone, updated_at = :now,
                version = version + 1
            where id = :user
            """)
        .bind("name", name)
        .bind("locale", locale)
        .bind("phone", phone)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("user", user.value())
        .execute();
  }

  private Profile get(UserId user, String lock) {
    return database
        .handle()
        .createQuery(
            """
            select id, email, name, locale, phone, password_hash is not null as has_password,
                   created_at, updated_at, version
            from users
            where id = :user
            """
                + lock)
        .bind("user", user.value())
        .map((row, context) -> read(row))
        .findOne()
        .orElseThrow(() -> new IllegalStateException("The caller's account is not there"));
  }

  private static Profile read(ResultSet row) throws SQLException {
    return new Profile(
        new UserId(row.getObject("id", UUID.class)),
        row.getString("email"),
        row.getString("name"),
        row.getString("locale"),
        row.getString("phone"),
        row.getBoolean("has_password"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant(),
        row.getLong("version"));
  }
}
