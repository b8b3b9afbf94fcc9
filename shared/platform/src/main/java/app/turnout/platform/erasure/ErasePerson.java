package app.turnout.platform.erasure;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.reactions.AreaEvent;
import app.turnout.platform.reactions.AreaEventHandler;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Does an area's part of a person's erasure, a batch a transaction, as [EraseArea] does that of an
/// organization's.
@Singleton
@Requires(beans = PersonEraser.class)
final class ErasePerson implements AreaEventHandler {
  private final Database database;
  private final ErasureSteps steps;
  private final PersonErasureSteps personSteps;
  private final PersonEraser eraser;
  private final InstantSource time;

  ErasePerson(
      Database database,
      ErasureSteps steps,
      PersonErasureSteps personSteps,
      PersonEraser eraser,
      InstantSource time) {
    this.database = database;
    this.steps = steps;
    this.personSteps = personSteps;
    this.eraser = eraser;
    this.time = time;
  }

  @Override
  public String kind() {
    return PersonErasureSteps.STEP;
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
      database.run(() -> personSteps.tell(erasure, organization, eraser.area()));
    }
  }

  /// Whether there is more to erase.
  private boolean eraseBatch(UUID erasure, OrganizationId organization) {
    String area = eraser.area();
    Optional<ErasureSteps.Standing> standing = steps.lock(erasure, area);
    Optional<Person> person = personSteps.findPerson(erasure);
    if (standing.isEmpty() || standing.get().isCompleted() || person.isEmpty()) {
      // Done before, or gone with its organization.
      return false;
    }
    AreaEraser.Batch batch =
        eraser.erase(erasure, organization, person.get(), standing.get().doneUntil());
    steps.add(erasure, area, batch);
    if (batch.next() == null) {
      personSteps.complete(erasure, organization, area, time.instant());
      return false;
    }
    return true;
  }
}
