package app.turnout.organizations.tenants;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.plans.Plan;
import app.turnout.platform.plans.Subscription;
import app.turnout.platform.security.Role;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Organizations as their members see them. A user sees those that the user is a member of.
@Singleton
public final class OrganizationRepository {
  private static final String SEEN =
      """
      select o.*, m.role
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
              insert into organizations (
                id, name, type, country, locale, time_zone, plan, created_at, updated_at, version)
              values (
                :id, :name, :type, :country, :locale, :zone, :plan, :now, :now, :version)
              returning id)
            insert into members (organization_id, user_id, role, created_at)
            select id, :user, :role, :now
            from founded
            """)
        .bind("id", organization.id().value())
        .bind("name", organization.name())
        .bind("type", organization.type().name().toLowerCase(Locale.ROOT))
        .bind("country", organization.settings().country())
        .bind("locale", organization.settings().locale())
        .bind("zone", organization.settings().zone().getId())
        .bind("plan", organization.subscription().plan().wire())
        .bind("now", organization.createdAt().atOffset(ZoneOffset.UTC))
        .bind("version", organization.version())
        .bind("user", founder.value())
        .bind("role", organization.role().wire())
        .execute();
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

  /// The organization that the transaction has entered; no other transaction changes it or its
  /// members until this one ends.
  ///
  /// @param looker role of who looks
  public Organization lock(OrganizationId organization, Role looker) {
    return get(organization, looker, "for no key update");
  }

  /// The organization that the transaction has entered.
  ///
  /// @param looker role of who looks
  Organization get(OrganizationId organization, Role looker) {
    return get(organization, looker, "");
  }

  private Organization get(OrganizationId organization, Role looker, String lock) {
    return database
        .handle()
        .createQuery(
            """
            select o.*, :role as role
            from organizations o
            where o.id = :organization
            """
                + lock)
        .bind("organization", organization.value())
        .bind("role", looker.wire())
        .map((row, context) -> read(row))
        .one();
  }

  /// Keeps name, type, settings and subscription under the next version.
  public Organization keep(Organization changed, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update organizations
            set name = :name, type = :type, country = :country, locale = :locale,
                time_zone = :zone, plan = :plan, plan_valid_until = :validUntil,
                updated_at = :now, version = version + 1
            where id = :id
            """)
        .bind("id", changed.id().value())
        .bind("name", changed.name())
        .bind("type", changed.type().name().toLowerCase(Locale.ROOT))
        .bind("country", changed.settings().country())
        .bind("locale", changed.settings().locale())
        .bind("zone", changed.settings().zone().getId())
        .bind("plan", changed.subscription().plan().wire())
        .bind("validUntil", utc(changed.subscription().validUntil()))
        .bind("now", utc(now))
        .execute();
    return get(changed.id(), changed.role());
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static Organization read(ResultSet row) throws SQLException {
    OffsetDateTime until = row.getObject("plan_valid_until", OffsetDateTime.class);
    return new Organization(
        new OrganizationId(row.getObject("id", UUID.class)),
        row.getString("name"),
        OrganizationType.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
        new OrganizationSettings(
            row.getString("country"),
            row.getString("locale"),
            ZoneId.of(row.getString("time_zone"))),
        new Subscription(
            Plan.fromWire(row.getString("plan")), until == null ? null : until.toInstant()),
        Role.fromWire(row.getString("role")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getLong("version"));
  }
}
