package app.turnout.participants.erasure;

import app.turnout.domain.OrganizationId;
import app.turnout.participants.guestlist.GivenDetails;
import app.turnout.participants.guestlist.ParticipantRepository;
import app.turnout.participants.guestlist.UpdateParticipantRequest;
import app.turnout.platform.attendance.ParticipantDetails;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.erasure.Person;
import app.turnout.platform.erasure.PersonErasures;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.CurrentCaller;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// Asks for a person to be erased, or only looks what that would find.
@Singleton
final class RequestErasure {
  private final Database database;
  private final CurrentCaller caller;
  private final ParticipantRepository participants;
  private final PersonErasures erasures;
  private final AuditLog auditLog;
  private final InstantSource time;

  RequestErasure(
      Database database,
      CurrentCaller caller,
      ParticipantRepository participants,
      PersonErasures erasures,
      AuditLog auditLog,
      InstantSource time) {
    this.database = database;
    this.caller = caller;
    this.participants = participants;
    this.erasures = erasures;
    this.auditLog = auditLog;
    this.time = time;
  }

  /// The erasure's id.
  UUID request(PersonRequest request) {
    OrganizationId organization = caller.organization();
    Person person = read(organization, request);
    UUID id = erasures.request(organization, by(), person, time.instant());
    auditLog.record(
        new AuditEntry(
            organization,
            "person.erasure_requested",
            "erasure",
            id,
            null,
            Map.of("by_email", person.email() != null, "by_phone", person.phone() != null)));
    return id;
  }

  PersonRowsResponse preview(PersonRequest request) {
    Person person = read(caller.organization(), request);
    return database
        .handle()
        .createQuery(
            """
            select count(*) as participants, count(distinct event_id) as events,
                   (select count(*)
                    from roster_members
                    where phone = cast(:phone as text) or lower(email) = cast(:email as text)
                   ) as roster_members
            from participants
            where phone = cast(:phone as text)
               or lower(email) = cast(:email as text)
               or roster_member_id in (
                 select id
                 from roster_members
                 where phone = cast(:phone as text) or lower(email) = cast(:email as text))
            """)
        .bind("phone", person.phone())
        .bind("email", person.email())
        .map(
            (row, context) ->
                new PersonRowsResponse(
                    row.getInt("participants"), row.getInt("events"), row.getInt("roster_members")))
        .one();
  }

  /// In the form in which they are stored.
  private Person read(OrganizationId organization, PersonRequest request) {
    ParticipantDetails given =
        GivenDetails.read(
                new UpdateParticipantRequest(
                    "-", request.phone(), request.email(), "en", null, List.of(), null),
                participants.country(organization))
            .orThrow();
    if (given.email() == null && given.phone() == null) {
      throw ProblemException.invalidField(
          "email", "required", "must be given where there is no phone");
    }
    return new Person(
        given.email() == null ? null : given.email().toLowerCase(Locale.ROOT), given.phone());
  }

  private UUID by() {
    return switch (caller.get()) {
      case Caller.Member member -> member.user().value();
      case Caller.ApiKey key -> key.id();
      case Caller.User user -> throw new IllegalStateException("No organization was entered");
      case Caller.Link link -> throw new IllegalStateException("A link erases nobody");
      case Caller.Device device -> throw new IllegalStateException("A device erases nobody");
    };
  }
}
