package app.turnout.platform.erasure;

import app.turnout.domain.ParticipantId;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.reactions.AreaEvent;
import app.turnout.platform.reactions.AreaEventHandler;
import io.micronaut.context.annotation.Requires;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Does an area's part after a consent was withdrawn, and says so in the receipt, in one
/// transaction. What the receipt says of the first time is not changed by a second one.
@Singleton
@Requires(beans = PositionsEraser.class)
final class EraseWithdrawn implements AreaEventHandler {
  private final Database database;
  private final PositionsEraser eraser;
  private final JsonMapper json;
  private final InstantSource time;

  EraseWithdrawn(Database database, PositionsEraser eraser, JsonMapper json, InstantSource time) {
    this.database = database;
    this.eraser = eraser;
    this.json = json;
    this.time = time;
  }

  @Override
  public String kind() {
    return Withdrawals.WITHDRAWN;
  }

  @Override
  public void handle(AreaEvent event, BooleanSupplier isTimeLeft) {
    UUID withdrawal = event.id("withdrawal_id");
    ParticipantId participant = new ParticipantId(event.id("participant_id"));
    database.run(
        () -> {
          Map<String, Long> rows = eraser.erase(participant);
          keep(withdrawal, rows, time.instant());
        });
  }

  /// Nothing is kept of who was removed meanwhile: their receipt went with them.
  private void keep(UUID withdrawal, Map<String, Long> rows, Instant now) {
    database
        .handle()
        .createUpdate(
            """
            insert into consent_withdrawal_steps (
              withdrawal_id, organization_id, area, erased_rows, completed_at)
            select id, organization_id, :area, cast(:rows as jsonb), :now
            from consent_withdrawals
            where id = :withdrawal
            on conflict (withdrawal_id, area) do nothing
            """)
        .bind("area", eraser.area())
        .bind("rows", write(rows))
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("withdrawal", withdrawal)
        .execute();
    database
        .handle()
        .createUpdate(
            """
            update consent_withdrawals
            set completed_at = :now
            where id = :withdrawal
              and completed_at is null
              and :areas = (
                select count(*)
                from consent_withdrawal_steps
                where withdrawal_id = :withdrawal
                  and area = any(:names))
            """)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("withdrawal", withdrawal)
        .bind("areas", ErasureOrder.AREAS_OF_POSITIONS.size())
        .bindArray("names", String.class, ErasureOrder.AREAS_OF_POSITIONS)
        .execute();
  }

  private String write(Map<String, Long> rows) {
    try {
      return json.writeValueAsString(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
