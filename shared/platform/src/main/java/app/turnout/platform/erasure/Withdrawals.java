package app.turnout.platform.erasure;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.tokens.Ids;
import io.micronaut.context.annotation.Requires;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Consents to being located that were withdrawn, of the tenant that the transaction has entered.
@Singleton
@Requires(property = "turnout.queues.outbox")
public final class Withdrawals {
  /// The kind of the event that tells the areas.
  public static final String WITHDRAWN = "consent_withdrawn";

  private static final Argument<Map<String, Long>> ROWS = Argument.mapOf(String.class, Long.class);

  private final Database database;
  private final Outbox outbox;
  private final OutboxNudge nudge;
  private final Ids ids;
  private final JsonMapper json;

  Withdrawals(Database database, Outbox outbox, OutboxNudge nudge, Ids ids, JsonMapper json) {
    this.database = database;
    this.outbox = outbox;
    this.nudge = nudge;
    this.ids = ids;
    this.json = json;
  }

  /// Begins a receipt, and tells every area that keeps positions, with the open transaction.
  public void begin(
      OrganizationId organization, OccurrenceId occurrence, ParticipantId participant, Instant at) {
    UUID id = ids.next();
    database
        .handle()
        .createUpdate(
            """
            insert into consent_withdrawals (id, organization_id, participant_id, withdrawn_at)
            values (:id, :organization, :participant, :at)
            """)
        .bind("id", id)
        .bind("organization", organization.value())
        .bind("participant", participant.value())
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .execute();
    outbox.write(
        organization,
        WITHDRAWN,
        "participant:" + participant,
        Map.of(
            "withdrawal_id", id.toString(),
            "organization_id", organization.toString(),
            "occurrence_id", occurrence.toString(),
            "participant_id", participant.toString(),
            "at", at.toString()));
    nudge.wakeRelay();
  }

  /// The participant's, the last one first.
  public List<Withdrawal> list(ParticipantId participant, int limit) {
    Map<UUID, Withdrawal> withdrawals = new LinkedHashMap<>();
    Map<UUID, List<Erasure.Step>> steps = new LinkedHashMap<>();
    database
        .handle()
        .createQuery(
            """
            select w.id, w.withdrawn_at, w.completed_at, s.area, s.erased_rows,
                   s.completed_at as step_completed_at
            from (
              select id, withdrawn_at, completed_at
              from consent_withdrawals
              where participant_id = :participant
              order by id desc
              limit :limit) w
            left join consent_withdrawal_steps s on s.withdrawal_id = w.id
            order by w.id desc, s.area
            """)
        .bind("participant", participant.value())
        .bind("limit", limit)
        .map(
            (row, context) -> {
              UUID id = row.getObject("id", UUID.class);
              List<Erasure.Step> done = steps.computeIfAbsent(id, each -> new ArrayList<>());
              String area = row.getString("area");
              if (area != null) {
                done.add(
                    new Erasure.Step(
                        area, rows(row.getString("erased_rows")), at(row, "step_completed_at")));
              }
              Instant withdrawnAt = row.getObject("withdrawn_at", OffsetDateTime.class).toInstant();
              return new Withdrawal(id, withdrawnAt, at(row, "completed_at"), done);
            })
        .forEach(withdrawal -> withdrawals.put(withdrawal.id(), withdrawal));
    return List.copyOf(withdrawals.values());
  }

  private Map<String, Long> rows(String text) {
    try {
      return json.readValue(text, ROWS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Instant at(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
