package app.turnout.organizations.auditlog;

import app.turnout.platform.persistence.Database;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The audit log of the organization that was entered.
@Singleton
final class AuditLogRepository {
  private static final Argument<Map<String, Object>> FIELDS =
      Argument.mapOf(String.class, Object.class);

  private final Database database;
  private final JsonMapper json;

  AuditLogRepository(Database database, JsonMapper json) {
    this.database = database;
    this.json = json;
  }

  /// Newest first.
  ///
  /// @param before the last one of the page before; null for the first page
  List<AuditEntryResponse> list(AuditFilter filter, @Nullable UUID before, int limit) {
    return database
        .handle()
        .createQuery(
            """
            select l.id, l.happened_at, l.actor_kind, l.actor_id, coalesce(u.name, k.name) as name,
                   l.action, l.subject_kind, l.subject_id, l.before, l.after, l.source_address,
                   l.user_agent, l.request_id
            from audit_log l
            left join users u on l.actor_kind in ('user', 'super_admin') and u.id = l.actor_id
            left join api_keys k on l.actor_kind = 'api_key' and k.id = l.actor_id
            where l.organization_id = current_organization()
              and (cast(:beforeId as uuid) is null or l.id < cast(:beforeId as uuid))
              and (cast(:actor as uuid) is null or l.actor_id = cast(:actor as uuid))
              and (cast(:subject as uuid) is null or l.subject_id = cast(:subject as uuid))
              and (cast(:subjectKind as text) is null or l.subject_kind = :subjectKind)
              and (cast(:action as text) is null or l.action = :action)
              and (cast(:from as timestamptz) is null or l.happened_at >= :from)
              and (cast(:to as timestamptz) is null or l.happened_at < :to)
            order by l.id desc
            limit :limit
            """)
        .bind("beforeId", before)
        .bind("actor", filter.actor())
        .bind("subject", filter.subject())
        .bind("subjectKind", filter.subjectKind())
        .bind("action", filter.action())
        .bind("from", filter.from())
        .bind("to", filter.to())
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  private AuditEntryResponse read(ResultSet row) throws SQLException {
    return new AuditEntryResponse(
        row.getObject("id", UUID.class),
        row.getObject("happened_at", OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC),
        row.getString("actor_kind"),
        row.getObject("actor_id", UUID.class),
        row.getString("name"),
        row.getString("action"),
        row.getString("subject_kind"),
        row.getObject("subject_id", UUID.class),
        fields(row.getString("before")),
        fields(row.getString("after")),
        row.getString("source_address"),
        row.getString("user_agent"),
        row.getString("request_id"));
  }

  private @Nullable Map<String, Object> fields(@Nullable String text) {
    try {
      return text == null ? null : json.readValue(text, FIELDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
