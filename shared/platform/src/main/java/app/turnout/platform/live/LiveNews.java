package app.turnout.platform.live;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.platform.outbox.Outbox;
import app.turnout.platform.outbox.OutboxNudge;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tells those who watch what changed for good, by the outbox: with the transaction that changed
/// it, and in its order. Where the relay cannot be woken, its schedule finds it within a minute.
@Singleton
public final class LiveNews {
  /// The kind of the outbox' messages; their payload's `update` is a [LiveUpdate.Changes].
  public static final String KIND = "live_changes";

  private final Outbox outbox;
  private final @Nullable OutboxNudge nudge;
  private final Ids ids;

  LiveNews(Outbox outbox, @Nullable OutboxNudge nudge, Ids ids) {
    this.outbox = outbox;
    this.nudge = nudge;
    this.ids = ids;
  }

  /// Somebody of a date, as statements that change participants return them.
  public record Concerned(
      OrganizationId organization, OccurrenceId occurrence, ParticipantId participant) {
    /// Of a row with `organization_id`, `occurrence_id` and `id`, the participant's.
    public static Concerned read(ResultSet row) throws SQLException {
      return new Concerned(
          new OrganizationId(row.getObject("organization_id", UUID.class)),
          new OccurrenceId(row.getObject("occurrence_id", UUID.class)),
          new ParticipantId(row.getObject("id", UUID.class)));
    }
  }

  /// The same happened to all of them, in the open transaction.
  public void tell(
      Collection<Concerned> concerned, Function<ParticipantId, ? extends LiveChange> change) {
    Map<OccurrenceId, List<Concerned>> dates =
        concerned.stream()
            .collect(
                Collectors.groupingBy(
                    Concerned::occurrence, LinkedHashMap::new, Collectors.toList()));
    dates.forEach(
        (occurrence, people) ->
            tell(
                people.getFirst().organization(),
                occurrence,
                people.stream()
                    .map(each -> (LiveChange) change.apply(each.participant()))
                    .toList()));
  }

  /// All of this happened at one date, in the open transaction.
  public void tell(OrganizationId organization, OccurrenceId occurrence, List<LiveChange> changes) {
    for (int from = 0; from < changes.size(); from += LiveUpdate.MOST) {
      LiveUpdate update =
          new LiveUpdate.Changes(
              organization,
              occurrence,
              ids.next(),
              changes.subList(from, Math.min(from + LiveUpdate.MOST, changes.size())));
      outbox.write(organization, KIND, "live:" + occurrence, Map.of("update", update.toJson()));
    }
    if (nudge != null && !changes.isEmpty()) {
      nudge.wakeRelay();
    }
  }
}
