package app.turnout.platform.outbox;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.persistence.Database;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The relay's side of the outbox; it needs the jobs' role. A claim is a row lock, so it lasts as
/// long as the transaction: when a relay dies, PostgreSQL gives the message back at once, and no
/// lease has to run out.
@Singleton
public final class OutboxMessages {
  private final Database database;
  private final JsonMapper json;

  OutboxMessages(Database database, JsonMapper json) {
    this.database = database;
    this.json = json;
  }

  /// The first message that is due, nobody else has, and no earlier one with its ordering key is
  /// waiting for. It is the caller's until the transaction ends.
  public Optional<OutboxMessage> claimNext(Instant now) {
    return database
        .handle()
        .createQuery(
            """
            select m.id, m.organization_id, m.kind, m.payload, m.attempts, m.created_at,
                   m.trace_header
            from outbox_messages m
            where m.sent_at is null
              and m.dead_at is null
              and m.next_attempt_at <= :now
              and not exists (
                select from outbox_messages earlier
                where earlier.ordering_key = m.ordering_key
                  and earlier.position < m.position
                  and earlier.sent_at is null
                  and earlier.dead_at is null)
            order by m.position
            limit 1
            for update of m skip locked
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map(
            (row, context) ->
                new OutboxMessage(
                    row.getObject("id", UUID.class),
                    organization(row.getObject("organization_id", UUID.class)),
                    row.getString("kind"),
                    read(row.getString("payload")),
                    row.getInt("attempts"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    row.getString("trace_header")))
        .findOne();
  }

  /// For how long the message that waits longest is due; no time at all when none is.
  public Duration lag(Instant now) {
    return database
        .handle()
        .createQuery(
            """
            select min(next_attempt_at) as since
            from outbox_messages
            where sent_at is null
              and dead_at is null
              and next_attempt_at <= :now
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) -> Optional.ofNullable(row.getObject("since", OffsetDateTime.class)))
        .one()
        .map(since -> Duration.between(since.toInstant(), now))
        .orElse(Duration.ZERO);
  }

  private static @Nullable OrganizationId organization(@Nullable UUID id) {
    return id == null ? null : new OrganizationId(id);
  }

  /// Ends it well: it was accepted, or needs not be sent any more.
  ///
  /// @param remark empty, or why it was not sent
  public void markSent(UUID id, String remark, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update outbox_messages
            set sent_at = :now, attempts = attempts + 1, last_error = nullif(:remark, '')
            where id = :id
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("remark", remark)
        .bind("id", id)
        .execute();
  }

  /// Leaves it for later.
  public void postpone(UUID id, String error, Instant nextAttemptAt) {
    database
        .handle()
        .createUpdate(
            """
            update outbox_messages
            set next_attempt_at = :nextAttemptAt, attempts = attempts + 1, last_error = :error
            where id = :id
            """)
        .bind("nextAttemptAt", nextAttemptAt.atOffset(ZoneOffset.UTC))
        .bind("error", error)
        .bind("id", id)
        .execute();
  }

  /// Gives it up: it stays as a dead letter, and those behind it go on.
  public void giveUp(UUID id, String error, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            update outbox_messages
            set dead_at = :now, attempts = attempts + 1, last_error = :error
            where id = :id
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("error", error)
        .bind("id", id)
        .execute();
  }

  private JsonNode read(String payload) {
    try {
      return json.readValue(payload, JsonNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
