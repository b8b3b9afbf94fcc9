package app.turnout.platform.outbox;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.tokens.Ids;
import app.turnout.platform.tracing.Trace;
import app.turnout.platform.tracing.TraceHeader;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// What must reach the outside, as a row of the transaction that caused it. The relay delivers it
/// at least once, soon after that transaction commits.
@Singleton
public final class Outbox {
  private final Database database;
  private final Ids ids;
  private final JsonMapper json;
  private final InstantSource time;

  Outbox(Database database, Ids ids, JsonMapper json, InstantSource time) {
    this.database = database;
    this.ids = ids;
    this.json = json;
    this.time = time;
  }

  /// Writes a message in the open transaction.
  ///
  /// @param organization whose message it is; null for the platform's own, such as verifying an
  ///   address
  /// @param kind what the relay has a sender for
  /// @param orderingKey messages with the same key leave in the order they were written
  /// @param payload becomes JSON; ids and facts, no secrets
  public void write(
      @Nullable OrganizationId organization, String kind, String orderingKey, Object payload) {
    try {
      database
          .handle()
          .createUpdate(
              """
              insert into outbox_messages
                (id, organization_id, kind, ordering_key, payload, created_at, next_attempt_at,
                 trace_header)
              values
                (:id, :organization, :kind, :orderingKey, cast(:payload as jsonb), :now, :now,
                 :traceHeader)
              """)
          .bind("id", ids.next())
          .bind("organization", organization == null ? null : organization.value())
          .bind("kind", kind)
          .bind("orderingKey", orderingKey)
          .bind("payload", json.writeValueAsString(payload))
          .bind("now", time.instant().atOffset(ZoneOffset.UTC))
          .bind("traceHeader", Trace.current().map(TraceHeader::toString).orElse(null))
          .execute();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
