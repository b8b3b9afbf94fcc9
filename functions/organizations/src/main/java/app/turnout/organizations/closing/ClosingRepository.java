package app.turnout.organizations.closing;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whether the organization that was entered is being deleted.
@Singleton
final class ClosingRepository {
  /// How it stands.
  ///
  /// @param dueAt null when it is not being deleted
  record Standing(long version, @Nullable Instant dueAt) {}

  private final Database database;

  ClosingRepository(Database database) {
    this.database = database;
  }

  Optional<Standing> lock(OrganizationId organization) {
    return database
        .handle()
        .createQuery(
            """
            select version, deletion_due_at
            from organizations
            where id = :organization
            for update
            """)
        .bind("organization", organization.value())
        .map(
            (row, context) -> {
              OffsetDateTime dueAt = row.getObject("deletion_due_at", OffsetDateTime.class);
              return new Standing(row.getLong("version"), dueAt == null ? null : dueAt.toInstant());
            })
        .findOne();
  }

  void close(OrganizationId organization, UserId by, Instant now, Instant dueAt) {
    database
        .handle()
        .createUpdate(
            """
            update organizations
            set deletion_requested_at = :now, deletion_requested_by = :by,
                deletion_due_at = :dueAt, updated_at = :now, version = version + 1
            where id = :organization
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("by", by.value())
        .bind("dueAt", dueAt.atOffset(ZoneOffset.UTC))
        .bind("organization", organization.value())
        .execute();
  }

  void reopen(OrganizationId organization, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update organizations
            set deletion_requested_at = null, deletion_requested_by = null,
                deletion_due_at = null, updated_at = :now, version = version + 1
            where id = :organization
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("organization", organization.value())
        .execute();
  }

  List<UserId> owners(OrganizationId organization) {
    return database
        .handle()
        .createQuery(
            """
            select user_id
            from members
            where organization_id = :organization
              and role = 'org_owner'
            order by user_id
            """)
        .bind("organization", organization.value())
        .mapTo(UUID.class)
        .map(UserId::new)
        .list();
  }
}
