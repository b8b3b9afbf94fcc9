package app.turnout.locations.reactions;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.erasure.AreaEraser;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Erases where an organization's participants were, some participants at a time: pings are found
/// by participant.
@Singleton
final class ErasePositions implements AreaEraser {
  private static final int PARTICIPANTS = 50;

  private final Database database;
  private final Whereabouts whereabouts;

  ErasePositions(Database database, Whereabouts whereabouts) {
    this.database = database;
    this.whereabouts = whereabouts;
  }

  @Override
  public String area() {
    return "locations";
  }

  @Override
  public Batch erase(OrganizationId organization, @Nullable UUID after) {
    List<UUID> participants =
        database
            .handle()
            .createQuery(
                """
                select id
                from participants
                where organization_id = :organization
                  and (cast(:after as uuid) is null or id > cast(:after as uuid))
                order by id
                limit :limit
                """)
            .bind("organization", organization.value())
            .bind("after", after)
            .bind("limit", PARTICIPANTS)
            .mapTo(UUID.class)
            .list();
    Map<String, Long> rows = whereabouts.erase(participants);
    return new Batch(rows, participants.size() < PARTICIPANTS ? null : participants.getLast());
  }
}
