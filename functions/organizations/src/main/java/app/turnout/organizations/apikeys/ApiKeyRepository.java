package app.turnout.organizations.apikeys;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.idempotency.SecretRestorer;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.secrets.Secrets;
import app.turnout.platform.security.Permission;
import app.turnout.platform.tokens.ApiKeyTokens;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Keys of the organization that the transaction has entered, of which only the hash is stored;
/// those that were revoked are not there any more.
@Singleton
final class ApiKeyRepository implements SecretRestorer<CreatedApiKeyResponse> {
  private static final String KEY =
      """
      select *
      from api_keys
      where organization_id = :organization
        and revoked_at is null
      """;

  private final Database database;
  private final Ids ids;
  private final ApiKeyTokens tokens;

  ApiKeyRepository(Database database, Ids ids, Secrets secrets) {
    this.database = database;
    this.ids = ids;
    this.tokens = new ApiKeyTokens(secrets.get("api-key-key"));
  }

  ApiKey add(
      OrganizationId organization,
      String name,
      Set<Permission> permissions,
      UserId createdBy,
      @Nullable Instant expiresAt,
      Instant now) {
    UUID id = ids.next();
    return database
        .handle()
        .createQuery(
            """
            insert into api_keys (
              id, organization_id, name, prefix, token_hash, permissions, created_by, created_at,
              expires_at, version)
            values (
              :id, :organization, :name, :prefix, :hash, :permissions, :createdBy, :now,
              :expiresAt, 1)
            returning *
            """)
        .bind("id", id)
        .bind("organization", organization.value())
        .bind("name", name)
        .bind("prefix", ApiKeyTokens.prefix(id))
        .bind("hash", ApiKeyTokens.hash(text(id)))
        .bindArray("permissions", String.class, KeyPermissions.names(permissions))
        .bind("createdBy", createdBy.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("expiresAt", expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC))
        .map((row, context) -> read(row))
        .one();
  }

  /// What is shown once.
  String text(UUID id) {
    return tokens.text(id);
  }

  Optional<ApiKey> find(OrganizationId organization, UUID id) {
    return find(organization, id, "");
  }

  /// As [#find], and no other transaction changes the key until this one ends.
  Optional<ApiKey> findForUpdate(OrganizationId organization, UUID id) {
    return find(organization, id, "for update");
  }

  /// Oldest first.
  ///
  /// @param after the last one of the page before; null for the first page
  List<ApiKey> list(OrganizationId organization, @Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            KEY
                + """
                and (cast(:after as uuid) is null or id > cast(:after as uuid))
                order by id
                limit :limit
                """)
        .bind("organization", organization.value())
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  ApiKey keep(UUID id, String name, Set<Permission> permissions) {
    return database
        .handle()
        .createQuery(
            """
            update api_keys
            set name = :name, permissions = :permissions, version = version + 1
            where id = :id
            returning *
            """)
        .bind("id", id)
        .bind("name", name)
        .bindArray("permissions", String.class, KeyPermissions.names(permissions))
        .map((row, context) -> read(row))
        .one();
  }

  void revoke(UUID id, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update api_keys
            set revoked_at = :now, version = version + 1
            where id = :id
            """)
        .bind("id", id)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  @Override
  public Class<CreatedApiKeyResponse> type() {
    return CreatedApiKeyResponse.class;
  }

  /// Throws NOT_FOUND when the key was revoked since.
  @Override
  public CreatedApiKeyResponse restore(CreatedApiKeyResponse kept) {
    return database
        .handle()
        .createQuery("select id from api_keys where id = :id and revoked_at is null")
        .bind("id", kept.id())
        .mapTo(UUID.class)
        .findOne()
        .map(id -> kept.withKey(text(id)))
        .orElseThrow(() -> ProblemException.notFound("API key"));
  }

  private Optional<ApiKey> find(OrganizationId organization, UUID id, String lock) {
    return database
        .handle()
        .createQuery(KEY + "and id = :id\n" + lock)
        .bind("organization", organization.value())
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  private static ApiKey read(ResultSet row) throws SQLException {
    return new ApiKey(
        row.getObject("id", UUID.class),
        row.getString("name"),
        row.getString("prefix"),
        Arrays.stream((String[]) row.getArray("permissions").getArray())
            .map(Permission::fromWire)
            .collect(Collectors.toUnmodifiableSet()),
        row.getObject("created_by", UUID.class),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "expires_at"),
        instant(row, "last_used_at"),
        row.getLong("version"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
