package app.turnout.locations.reactions;

import app.turnout.platform.persistence.Database;
import app.turnout.platform.reactions.AreaEvent;
import app.turnout.platform.reactions.AreaEventHandler;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Erases where somebody was who was removed.
@Singleton
final class ForgetPositions implements AreaEventHandler {
  private final Database database;
  private final Whereabouts whereabouts;

  ForgetPositions(Database database, Whereabouts whereabouts) {
    this.database = database;
    this.whereabouts = whereabouts;
  }

  @Override
  public String kind() {
    return "participant_removed";
  }

  @Override
  public void handle(AreaEvent event, BooleanSupplier isTimeLeft) {
    UUID participant = event.id("participant_id");
    database.run(() -> whereabouts.erase(List.of(participant)));
  }
}
