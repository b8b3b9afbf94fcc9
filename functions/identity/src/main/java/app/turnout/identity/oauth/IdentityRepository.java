package app.turnout.identity.oauth;

import app.turnout.domain.UserId;
import app.turnout.identity.oauth.providers.Provider;
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
import org.jspecify.annotations.Nullable;

/// Identities. Each belongs to one account, which a constraint decides.
@Singleton
final class IdentityRepository {
  private static final String SELECT =
      """
      select id, user_id, provider, email, created_at
      from identities
      """;

  private final Database database;
  private final Ids ids;

  IdentityRepository(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  /// The identity, which may be another account's already.
  Identity link(UserId user, Provider provider, String subject, String email, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            insert into identities (id, user_id, provider, subject, email, created_at)
            values (:id, :user, :provider, :subject, :email, :now)
            on conflict (provider, subject) do nothing
            """)
        .bind("id", ids.next())
        .bind("user", user.value())
        .bind("provider", provider.wire())
        .bind("subject", subject)
        .bind("email", email)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
    return find(provider, subject)
        .orElseThrow(() -> new IllegalStateException("The identity was there a moment ago"));
  }

  Optional<Identity> find(Provider provider, String subject) {
    return database
        .handle()
        .createQuery(SELECT + "where provider = :provider and subject = :subject")
        .bind("provider", provider.wire())
        .bind("subject", subject)
        .map((row, context) -> read(row))
        .findOne();
  }

  Optional<Identity> find(UserId user, UUID id) {
    return database
        .handle()
        .createQuery(SELECT + "where user_id = :user and id = :id")
        .bind("user", user.value())
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  /// Oldest first.
  List<Identity> list(UserId user, @Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            SELECT
                + """
                where user_id = :user
                  and (cast(:after as uuid) is null or id > :after)
                order by id
                limit :limit
                """)
        .bind("user", user.value())
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  int count(UserId user) {
    return database
        .handle()
        .createQuery("select count(*) from identities where user_id = :user")
        .bind("user", user.value())
        .mapTo(Integer.class)
        .one();
  }

  void remove(UUID id) {
    database
        .handle()
        .createUpdate("delete from identities where id = :id")
        .bind("id", id)
        .execute();
  }

  private static Identity read(ResultSet row) throws SQLException {
    return new Identity(
        row.getObject("id", UUID.class),
        new UserId(row.getObject("user_id", UUID.class)),
        Provider.find(row.getString("provider")).orElseThrow(),
        row.getString("email"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
