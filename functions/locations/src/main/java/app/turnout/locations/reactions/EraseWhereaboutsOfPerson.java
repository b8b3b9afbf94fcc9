package app.turnout.locations.reactions;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.erasure.AreaEraser;
import app.turnout.platform.erasure.Person;
import app.turnout.platform.erasure.PersonEraser;
import app.turnout.platform.erasure.PersonErasureSteps;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Erases where a person was. Their rows are gone by then, so nothing comes after.
@Singleton
final class EraseWhereaboutsOfPerson implements PersonEraser {
  private static final int SUBJECTS = 50;

  private final Whereabouts whereabouts;
  private final PersonErasureSteps steps;

  EraseWhereaboutsOfPerson(Whereabouts whereabouts, PersonErasureSteps steps) {
    this.whereabouts = whereabouts;
    this.steps = steps;
  }

  @Override
  public String area() {
    return "locations";
  }

  @Override
  public AreaEraser.Batch erase(
      UUID erasure, OrganizationId organization, Person person, @Nullable UUID after) {
    List<UUID> subjects = steps.subjects(erasure, after, SUBJECTS);
    Map<String, Long> rows = whereabouts.erase(subjects);
    return new AreaEraser.Batch(rows, subjects.size() < SUBJECTS ? null : subjects.getLast());
  }
}
