package app.turnout.participants.reactions;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.attendance.Attendance;
import app.turnout.platform.erasure.AreaEraser;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Erases who was expected, with their consents and links, and then the rosters.
@Singleton
final class EraseParticipants implements AreaEraser {
  private static final int PARTICIPANTS = 500;

  private final Database database;
  private final Attendance attendance;

  EraseParticipants(Database database, Attendance attendance) {
    this.database = database;
    this.attendance = attendance;
  }

  @Override
  public String area() {
    return "participants";
  }

  @Override
  public Batch erase(OrganizationId organization, @Nullable UUID after) {
    // First, so that nobody is added any more. Their files and errors go with them.
    long imports =
        database
            .handle()
            .createUpdate("delete from participant_imports where organization_id = :organization")
            .bind("organization", organization.value())
            .execute();
    Batch people = erasePeople(organization);
    Map<String, Long> rows = new HashMap<>(people.rows());
    rows.put("participant_imports", imports);
    return new Batch(rows, people.next());
  }

  private Batch erasePeople(OrganizationId organization) {
    List<UUID> participants =
        database
            .handle()
            .createQuery(
                """
                select id
                from participants
                where organization_id = :organization
                order by id
                limit :limit
                """)
            .bind("organization", organization.value())
            .bind("limit", PARTICIPANTS)
            .mapTo(UUID.class)
            .list();
    if (participants.isEmpty()) {
      return eraseRoster(organization);
    }
    Map<String, Long> rows =
        Map.of(
            "consents",
                delete("delete from consents where participant_id = any(:ids)", participants),
            "participant_links",
                delete(
                    "delete from participant_links where participant_id = any(:ids)", participants),
            "participants", attendance.erase(participants));
    return new Batch(rows, participants.getLast());
  }

  private Batch eraseRoster(OrganizationId organization) {
    List<UUID> members =
        database
            .handle()
            .createQuery(
                """
                select id
                from roster_members
                where organization_id = :organization
                order by id
                limit :limit
                """)
            .bind("organization", organization.value())
            .bind("limit", PARTICIPANTS)
            .mapTo(UUID.class)
            .list();
    Map<String, Long> rows =
        Map.of(
            "roster_absences",
                delete("delete from roster_absences where roster_member_id = any(:ids)", members),
            "roster_members", delete("delete from roster_members where id = any(:ids)", members));
    return new Batch(rows, members.size() < PARTICIPANTS ? null : members.getLast());
  }

  private long delete(String statement, List<UUID> participants) {
    return database
        .handle()
        .createUpdate(statement)
        .bindArray("ids", UUID.class, participants)
        .execute();
  }
}
