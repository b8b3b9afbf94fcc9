package app.turnout.platform.erasure;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.reactions.AreaEvent;
import app.turnout.platform.reactions.AreaEventHandler;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Does an area's part of an erasure, a batch a transaction: each counts in the receipt what went
/// with it, so a crash loses neither rows nor counts.
@Singleton
@Requires(beans = AreaEraser.class)
final class EraseArea implements AreaEventHandler {
  private final Database database;
  private final ErasureSteps steps;
  private final AreaEraser eraser;
  private final InstantSource time;

  EraseArea(Database database, ErasureSteps steps, AreaEraser eraser, InstantSource time) {
    this.database = database;
    this.steps = steps;
    this.eraser = eraser;
    this.time = time;
  }

  @Override
  public String kind() {
    return ErasureSteps.STEP;
  }

  @Override
  public void handle(AreaEvent event, BooleanSupplier isTimeLeft) {
    UUID erasure = event.id("erasure_id");
    OrganizationId organization = new OrganizationId(event.id("organization_id"));
    boolean isMore = true;
    while (isMore && isTimeLeft.getAsBoolean()) {
      isMore = database.inTransaction(() -> eraseBatch(erasure, organization));
    }
    if (isMore) {
      database.run(() -> steps.tell(erasure, organization.value(), eraser.area()));
    }
  }

  /// Whether there is more to erase.
  private boolean eraseBatch(UUID erasure, OrganizationId organization) {
    String area = eraser.area();
    ErasureSteps.Standing standing =
        steps
            .lock(erasure, area)
            .orElseThrow(() -> new IllegalStateException("No such erasure has begun"));
    if (standing.isCompleted()) {
      return false;
    }
    AreaEraser.Batch batch = eraser.erase(organization, standing.doneUntil());
    steps.add(erasure, area, batch);
    if (batch.next() == null) {
      steps.complete(erasure, organization.value(), area, time.instant());
      return false;
    }
    return true;
  }
}
