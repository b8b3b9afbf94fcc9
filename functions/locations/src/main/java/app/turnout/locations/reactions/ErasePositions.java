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

  ErasePositions(Database database) {
    this.database = database;
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
    Map<String, Long> rows =
        Map.of(
            "pings", delete("delete from pings where participant_id = any(:ids)", participants),
            "latest_positions",
                delete(
                    "delete from latest_positions where participant_id = any(:ids)", participants),
            "arrivals",
                delete("delete from arrivals where participant_id = any(:ids)", participants),
            "ping_hours",
                delete("delete from ping_hours where participant_id = any(:ids)", participants),
            "participant_devices",
                delete(
                    "delete from participant_devices where participant_id = any(:ids)",
                    participants));
    return new Batch(rows, participants.size() < PARTICIPANTS ? null : participants.getLast());
  }

  private long delete(String statement, List<UUID> participants) {
    return database
        .handle()
        .createUpdate(statement)
        .bindArray("ids", UUID.class, participants)
        .execute();
  }
}
