package app.turnout.locations.reactions;

import app.turnout.platform.persistence.Database;
import app.turnout.platform.reactions.AreaEvent;
import app.turnout.platform.reactions.AreaEventHandler;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Erases where somebody was who was removed. The rest that is kept of them went with their row.
@Singleton
final class ForgetPositions implements AreaEventHandler {
  private final Database database;

  ForgetPositions(Database database) {
    this.database = database;
  }

  @Override
  public String kind() {
    return "participant_removed";
  }

  @Override
  public void handle(AreaEvent event, BooleanSupplier isTimeLeft) {
    UUID participant = event.id("participant_id");
    database.run(
        () ->
            database
                .handle()
                .createUpdate("delete from pings where participant_id = any(:ids)")
                .bindArray("ids", UUID.class, List.of(participant))
                .execute());
  }
}
