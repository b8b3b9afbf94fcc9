package app.turnout.participants.reactions;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.attendance.Attendance;
import app.turnout.platform.erasure.AreaEraser;
import app.turnout.platform.erasure.Person;
import app.turnout.platform.erasure.PersonEraser;
import app.turnout.platform.erasure.PersonErasureSteps;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Erases a person from guest lists and rosters, with the files of lists that are still to come,
/// some hundred rows a transaction, and then what was written of them: in the log, in messages, in
/// answers that are kept.
@Singleton
final class ErasePersonHere implements PersonEraser {
  private static final int ROWS = 500;

  /// Whether a row has the person's phone or address.
  private static final String IS_PERSON =
      """
      (phone = cast(:phone as text) or lower(email) = cast(:email as text))
      """;

  private final Database database;
  private final Attendance attendance;
  private final PersonErasureSteps steps;
  private final InstantSource time;

  ErasePersonHere(
      Database database, Attendance attendance, PersonErasureSteps steps, InstantSource time) {
    this.database = database;
    this.attendance = attendance;
    this.steps = steps;
    this.time = time;
  }

  @Override
  public String area() {
    return "participants";
  }

  @Override
  public AreaEraser.Batch erase(
      UUID erasure, OrganizationId organization, Person person, @Nullable UUID after) {
    List<UUID> files = after == null ? dropFiles(organization) : List.of();
    if (!files.isEmpty()) {
      return new AreaEraser.Batch(
          Map.of("participant_imports", (long) files.size()), files.getLast());
    }
    List<UUID> participants = lockParticipants(organization, person);
    if (!participants.isEmpty()) {
      steps.remember(erasure, organization, participants);
      return new AreaEraser.Batch(
          Map.of(
              "consents",
                  delete("delete from consents where participant_id = any(:ids)", participants),
              "participant_links",
                  delete(
                      "delete from participant_links where participant_id = any(:ids)",
                      participants),
              "participants", attendance.forget(participants)),
          participants.getLast());
    }
    List<UUID> members = lockMembers(organization, person);
    if (!members.isEmpty()) {
      steps.remember(erasure, organization, members);
      return new AreaEraser.Batch(
          Map.of(
              "roster_absences",
                  delete("delete from roster_absences where roster_member_id = any(:ids)", members),
              "roster_members", delete("delete from roster_members where id = any(:ids)", members)),
          members.getLast());
    }
    return new AreaEraser.Batch(eraseTraces(erasure, organization, person), null);
  }

  /// Guest lists that are not worked off yet may name the person, in whatever way their encoding
  /// and their columns have it, and would bring them back. The organiser sends them again.
  private List<UUID> dropFiles(OrganizationId organization) {
    List<UUID> open =
        database
            .handle()
            .createQuery(
                """
                update participant_imports
                set status = 'failed', failure = 'person_erased', updated_at = :now,
                    finished_at = :now
                where organization_id = :organization
                  and status in ('uploading', 'waiting', 'working')
                returning id
                """)
            .bind("organization", organization.value())
            .bind("now", time.instant().atOffset(ZoneOffset.UTC))
            .mapTo(UUID.class)
            .list();
    delete("delete from participant_import_parts where import_id = any(:ids)", open);
    return open;
  }

  /// Their consents first, as whoever stores positions does. Whoever was made from a member of the
  /// roster who is the person is one too.
  private List<UUID> lockParticipants(OrganizationId organization, Person person) {
    List<UUID> found =
        find(
            """
            select id
            from participants
            where organization_id = :organization
              and (
                %1$s
                or roster_member_id in (
                  select id from roster_members where organization_id = :organization and %1$s))
            order by id
            limit :limit
            """,
            organization, person);
    database
        .handle()
        .createQuery(
            """
            select participant_id
            from consents
            where participant_id = any(:ids)
            order by participant_id
            for update
            """)
        .bindArray("ids", UUID.class, found)
        .mapTo(UUID.class)
        .list();
    return database
        .handle()
        .createQuery("select id from participants where id = any(:ids) order by id for update")
        .bindArray("ids", UUID.class, found)
        .mapTo(UUID.class)
        .list();
  }

  private List<UUID> lockMembers(OrganizationId organization, Person person) {
    return find(
        """
        select id
        from roster_members
        where organization_id = :organization
          and %1$s
        order by id
        limit :limit
        for update
        """,
        organization, person);
  }

  private List<UUID> find(String query, OrganizationId organization, Person person) {
    return who(database.handle().createQuery(query.formatted(IS_PERSON)), organization, person)
        .bind("limit", ROWS)
        .mapTo(UUID.class)
        .list();
  }

  private static <S extends SqlStatement<S>> S who(
      S statement, OrganizationId organization, Person person) {
    return statement
        .bind("organization", organization.value())
        .bind("email", person.email())
        .bind("phone", person.phone());
  }

  private Map<String, Long> eraseTraces(UUID erasure, OrganizationId organization, Person person) {
    List<String> values =
        Stream.of(person.email(), person.phone()).filter(Objects::nonNull).toList();
    steps.remember(erasure, organization, removedBefore(organization, values));
    long redacted = 0;
    long messages = 0;
    long answers = 0;
    UUID after = null;
    List<UUID> subjects = steps.subjects(erasure, after, ROWS);
    while (!subjects.isEmpty()) {
      redacted +=
          count(
              """
              select coalesce(sum(redact_audit_log(:organization, s.id)), 0)
              from unnest(:subjects) as s (id)
              """,
              organization,
              subjects);
      messages +=
          count(
              "select erase_outbox_messages_of(:organization, :subjects)", organization, subjects);
      answers +=
          database
              .handle()
              .createQuery("select forget_idempotent_answers(:subjects)")
              .bindArray("subjects", UUID.class, subjects)
              .mapTo(Long.class)
              .one();
      subjects = steps.subjects(erasure, subjects.getLast(), ROWS);
    }
    redacted +=
        database
            .handle()
            .createQuery("select redact_audit_log_of(:organization, :values)")
            .bind("organization", organization.value())
            .bindArray("values", String.class, values)
            .mapTo(Long.class)
            .one();
    return Map.of("audit_log", redacted, "outbox_messages", messages, "idempotency_keys", answers);
  }

  /// Of whom the log tells that they had such a phone or address, and who are gone already.
  private List<UUID> removedBefore(OrganizationId organization, List<String> values) {
    return database
        .handle()
        .createQuery(
            """
            select distinct a.subject_id
            from audit_log a
            cross join unnest(:values) as v (value)
            where a.organization_id = :organization
              and a.subject_kind in ('participant', 'roster_member')
              and (
                position(lower(to_json(v.value)::text) in lower(a.before::text)) > 0
                or position(lower(to_json(v.value)::text) in lower(a.after::text)) > 0)
              and not exists (select from participants p where p.id = a.subject_id)
              and not exists (select from roster_members r where r.id = a.subject_id)
            """)
        .bind("organization", organization.value())
        .bindArray("values", String.class, values)
        .mapTo(UUID.class)
        .list();
  }

  private long count(String query, OrganizationId organization, List<UUID> subjects) {
    return database
        .handle()
        .createQuery(query)
        .bind("organization", organization.value())
        .bindArray("subjects", UUID.class, subjects)
        .mapTo(Long.class)
        .one();
  }

  private long delete(String statement, List<UUID> ids) {
    return database.handle().createUpdate(statement).bindArray("ids", UUID.class, ids).execute();
  }
}
