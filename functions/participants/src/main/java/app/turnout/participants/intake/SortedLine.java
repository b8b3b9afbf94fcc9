package app.turnout.participants.intake;

import app.turnout.domain.ParticipantId;
import app.turnout.platform.attendance.GivenOfParticipant;
import app.turnout.platform.attendance.ParticipantDetails;
import app.turnout.platform.problem.FieldError;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What comes of a line.
///
/// @param participant who is to be made, or is there already; null when there is none
/// @param errors why it comes to nothing
public record SortedLine(
    GivenLine line, Outcome outcome, @Nullable UUID participant, List<FieldError> errors) {
  /// What can come of a line.
  public enum Outcome {
    ADDED,

    /// Somebody who was expected already is now as the line says.
    UPDATED,

    /// Somebody who was expected already stays as they were.
    SKIPPED,

    /// Fields broke rules.
    INVALID,

    /// The plan allows no more.
    PLAN_LIMIT_REACHED
  }

  public SortedLine {
    errors = List.copyOf(errors);
  }

  /// The details of a line that has them.
  public ParticipantDetails details() {
    return Objects.requireNonNull(line.details());
  }

  /// What the line gives of somebody who is there already.
  public GivenOfParticipant changes() {
    ParticipantDetails details = details();
    return new GivenOfParticipant(
        new ParticipantId(Objects.requireNonNull(participant)),
        details.name(),
        details.phone(),
        details.email(),
        line.given().contains("locale") ? details.locale() : null,
        details.note(),
        line.given().contains("tags") ? details.tags() : null,
        line.given().contains("travel_mode") ? details.travelMode() : null);
  }

  /// Sorts lines, one after the other.
  public static final class Sorter {
    private final Expected expected;
    private final boolean updates;
    private final Iterator<UUID> newIds;
    private int left;

    /// @param left how many the plan still allows
    /// @param updates whether whoever is expected already becomes as the line says
    /// @param newIds for those to be added
    public Sorter(Expected expected, int left, boolean updates, Iterator<UUID> newIds) {
      this.expected = expected;
      this.left = left;
      this.updates = updates;
      this.newIds = newIds;
    }

    /// What comes of a line, after those before it.
    public SortedLine sort(GivenLine line) {
      ParticipantDetails details = line.details();
      if (details == null) {
        return new SortedLine(line, Outcome.INVALID, null, line.errors());
      }
      Optional<Expected.Twin> twin = expected.find(details);
      if (twin.isEmpty()) {
        return add(line, details);
      }
      UUID id = twin.get().id();
      if (!updates) {
        return new SortedLine(line, Outcome.SKIPPED, id, List.of());
      }
      if (expected.findByEmail(details).filter(other -> !other.id().equals(id)).isPresent()) {
        return new SortedLine(
            line,
            Outcome.INVALID,
            id,
            List.of(new FieldError("email", "unique", "is another's who is expected")));
      }
      expected.add(id, details);
      return new SortedLine(line, Outcome.UPDATED, id, List.of());
    }

    private SortedLine add(GivenLine line, ParticipantDetails details) {
      if (left == 0) {
        return new SortedLine(
            line,
            Outcome.PLAN_LIMIT_REACHED,
            null,
            List.of(new FieldError("row", "plan_limit_reached", "the plan allows no more")));
      }
      left--;
      UUID id = newIds.next();
      expected.add(id, details);
      return new SortedLine(line, Outcome.ADDED, id, List.of());
    }
  }
}
