package app.turnout.organizations;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.security.Role;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Organizations as their members see them. A user sees those that the user is a member of.
@Singleton
final class OrganizationRepository {
  private static final String SEEN =
      """
      select o.id, o.name, o.type, o.plan, o.created_at, o.version, m.role
      from organizations o
      join members m on m.organization_id = o.id and m.user_id = :user
      """;

  private final Database database;

  OrganizationRepository(Database database) {
    this.database = database;
  }

  /// Stores the organization with its founder as the first member.
  void found(Organization organization, UserId founder) {
    database
        .handle()
        .createQuery("select set_config('app.organization', :organization, true)")
        .bind("organization", organization.id().toString())
        .mapTo(String.class)
        .one();
    database
        .handle()
        .createUpdate(
            """
            with founded as (
              insert into organizations (id, name, type, plan, created_at, updated_at, version)
              values (:id, :name, :type, :plan, :now, :now, :version)
              returning id)
            insert into members (organization_id, user_id, role, created_at)
            select id, :user, :role, :now
            from founded
            """)
        .bind("id", organization.id().value())
        .bind("name", organization.name())
        .bind("type", organization.type().name().toLowerCase(Locale.ROOT))
        .bind("plan", organization.plan().name().toLowerCase(Locale.ROOT))
        .bind("now", organization.createdAt().atOffset(ZoneOffset.UTC))
        .bind("version", organization.version())
        .bind("user", founder.value())
        .bind("role", organization.role().wire())
        .execute();
  }

  Optional<Organization> find(OrganizationId organization, UserId member) {
    return database
        .handle()
        .createQuery(SEEN + "where o.id = :organization")
        .bind("user", member.value())
        .bind("organization", organization.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /// The member's organizations, oldest first.
  ///
  /// @param after the last one of the page before; null for the first page
  List<Organization> list(UserId member, @Nullable UUID after, int limit) {
    return database
        .handle()
        .createQuery(
            SEEN
                + """
                where cast(:after as uuid) is null or o.id > cast(:after as uuid)
                order by o.id
                limit :limit
                """)
        .bind("user", member.value())
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  private static Organization read(ResultSet row) throws SQLException {
    return new Organization(
        new OrganizationId(row.getObject("id", UUID.class)),
        row.getString("name"),
        OrganizationType.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
        Plan.valueOf(row.getString("plan").toUpperCase(Locale.ROOT)),
        Role.fromWire(row.getString("role")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getLong("version"));
  }
}
