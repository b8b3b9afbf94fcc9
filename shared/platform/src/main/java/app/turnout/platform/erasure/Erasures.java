package app.turnout.platform.erasure;

import app.turnout.domain.OrganizationId;
import app.turnout.domain.UserId;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.tokens.Ids;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Erasures as those see them who ask for them.
@Singleton
public final class Erasures {
  private static final Argument<Map<String, Long>> ROWS = Argument.mapOf(String.class, Long.class);

  private final Database database;
  private final Ids ids;
  private final JsonMapper json;

  Erasures(Database database, Ids ids, JsonMapper json) {
    this.database = database;
    this.ids = ids;
    this.json = json;
  }

  /// Asks for the erasure of the organization that was entered, unless it was asked for already.
  ///
  /// @param dueAt until then it can be taken back
  /// @return its id, which the receipt will have
  public UUID request(OrganizationId organization, UserId by, Instant now, Instant dueAt) {
    UUID id = ids.next();
    database
        .handle()
        .createUpdate(
            """
            insert into erasures (
              id, subject_kind, subject_id, requested_by, requested_at, due_at)
            values (:id, 'organization', :organization, :by, :now, :dueAt)
            """)
        .bind("id", id)
        .bind("organization", organization.value())
        .bind("by", by.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("dueAt", dueAt.atOffset(ZoneOffset.UTC))
        .execute();
    return id;
  }

  /// Takes it back; false when there is none that has not begun.
  public boolean cancel(OrganizationId organization, Instant now) {
    return database
            .handle()
            .createUpdate(
                """
                update erasures
                set cancelled_at = :now
                where subject_id = :organization
                  and cancelled_at is null
                  and began_at is null
                  and due_at > :now
                """)
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .bind("organization", organization.value())
            .execute()
        == 1;
  }

  /// An organization's, which whoever entered may see.
  public Optional<Erasure> find(UUID id) {
    return find("subject_kind = 'organization' and id = :id", id);
  }

  /// A person's, in the organization that was entered; its subject is that organization.
  public Optional<Erasure> findOfPerson(UUID id) {
    return find("organization_id = current_organization() and id = :id", id);
  }

  private Optional<Erasure> find(String condition, UUID id) {
    return database
        .handle()
        .createQuery(
            """
            select id, coalesce(organization_id, subject_id) as subject_id, requested_by,
                   requested_at, due_at, cancelled_at, began_at, completed_at
            from erasures
            """
                + "where "
                + condition)
        .bind("id", id)
        .map((row, context) -> read(row, steps(id)))
        .findOne();
  }

  private List<Erasure.Step> steps(UUID erasure) {
    return database
        .handle()
        .createQuery(
            """
            select area, erased_rows, completed_at
            from erasure_steps
            where erasure_id = :erasure
            """)
        .bind("erasure", erasure)
        .map(
            (row, context) ->
                new Erasure.Step(
                    row.getString("area"),
                    rows(row.getString("erased_rows")),
                    instant(row, "completed_at")))
        .stream()
        .sorted(Comparator.comparingInt(step -> ErasureOrder.AREAS.indexOf(step.area())))
        .toList();
  }

  private Map<String, Long> rows(String text) {
    try {
      return json.readValue(text, ROWS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Erasure read(ResultSet row, List<Erasure.Step> steps) throws SQLException {
    return new Erasure(
        row.getObject("id", UUID.class),
        new OrganizationId(row.getObject("subject_id", UUID.class)),
        new UserId(row.getObject("requested_by", UUID.class)),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        row.getObject("due_at", OffsetDateTime.class).toInstant(),
        instant(row, "cancelled_at"),
        instant(row, "began_at"),
        instant(row, "completed_at"),
        steps);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
