package app.turnout.platform.attendance;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.domain.TravelMode;
import app.turnout.platform.json.WireName;
import app.turnout.platform.live.LiveChange;
import app.turnout.platform.live.LiveNews;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.plans.PlanAllowance;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes participants, for whichever area expects them, and forgets them.
@Singleton
public final class Attendance {
  private final Database database;
  private final PlanAllowance plan;
  private final JsonMapper json;
  private final LiveNews liveNews;

  Attendance(Database database, PlanAllowance plan, JsonMapper json, LiveNews liveNews) {
    this.database = database;
    this.plan = plan;
    this.json = json;
    this.liveNews = liveNews;
  }

  /// Stores a participant, `pending`, in the open transaction. They take no seat; the tenant's plan
  /// must allow them, else `plan_limit_reached`.
  public void expect(ExpectedParticipant participant) {
    expectAll(List.of(participant));
  }

  /// As above, several of one date in one statement: all of them or none.
  public void expectAll(List<ExpectedParticipant> participants) {
    if (participants.isEmpty()) {
      return;
    }
    ExpectedParticipant first = participants.getFirst();
    plan.mustAllowParticipants(first.organization(), first.occurrence(), participants.size());
    expectAllowed(participants);
  }

  /// As above, not more than [#placesLeft] said in this transaction: they are not counted again.
  public void expectAllowed(List<ExpectedParticipant> participants) {
    if (participants.isEmpty()) {
      return;
    }
    ExpectedParticipant first = participants.getFirst();
    database
        .handle()
        .createUpdate(
            """
            insert into participants (
              id, organization_id, event_id, occurrence_id, name, phone, email, locale, note, tags,
              travel_mode, status, created_at, updated_at, version)
            select e.id, :organization, :event, :occurrence, e.name, nullif(e.phone, ''),
                   nullif(e.email, ''), e.locale, nullif(e.note, ''),
                   array(select jsonb_array_elements_text(cast(e.tags as jsonb))),
                   e.travel_mode, 'pending', :now, :now, 1
            from unnest(:ids, :names, :phones, :emails, :locales, :notes, :tags, :travelModes)
              as e (id, name, phone, email, locale, note, tags, travel_mode)
            """)
        .bindArray("ids", UUID.class, all(participants, each -> each.id().value()))
        .bind("organization", first.organization().value())
        .bind("event", first.event().value())
        .bind("occurrence", first.occurrence().value())
        .bindArray("names", String.class, all(participants, each -> each.details().name()))
        .bindArray("phones", String.class, all(participants, each -> text(each.details().phone())))
        .bindArray("emails", String.class, all(participants, each -> text(each.details().email())))
        .bindArray("locales", String.class, all(participants, each -> each.details().locale()))
        .bindArray("notes", String.class, all(participants, each -> text(each.details().note())))
        .bindArray("tags", String.class, all(participants, each -> json(each.details().tags())))
        .bindArray(
            "travelModes",
            String.class,
            all(participants, each -> WireName.of(each.details().travelMode())))
        .bind("now", first.createdAt().atOffset(ZoneOffset.UTC))
        .execute();
    liveNews.tell(
        participants.stream()
            .map(each -> new LiveNews.Concerned(each.organization(), each.occurrence(), each.id()))
            .toList(),
        LiveChange.Joined::new);
  }

  /// How many more the plan allows at a date. Until the transaction ends, nobody else adds any.
  public int placesLeft(OrganizationId organization, OccurrenceId occurrence) {
    return plan.participantsLeft(organization, occurrence);
  }

  /// Stores other details of a participant, in the open transaction; the caller holds their row's
  /// lock.
  public void change(ParticipantId participant, ParticipantDetails details, Instant now) {
    List<LiveNews.Concerned> changed =
        database
            .handle()
            .createQuery(
                """
                update participants
                set name = :name,
                    phone = cast(:phone as text),
                    email = cast(:email as text),
                    locale = :locale,
                    note = cast(:note as text),
                    tags = :tags,
                    travel_mode = :travelMode,
                    updated_at = :now,
                    version = version + 1
                where id = :id
                returning id, organization_id, occurrence_id
                """)
            .bind("name", details.name())
            .bind("phone", details.phone())
            .bind("email", details.email())
            .bind("locale", details.locale())
            .bind("note", details.note())
            .bindArray("tags", String.class, details.tags())
            .bind("travelMode", WireName.of(details.travelMode()))
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .bind("id", participant.value())
            .map((row, context) -> LiveNews.Concerned.read(row))
            .list();
    liveNews.tell(changed, LiveChange.Updated::new);
  }

  /// Stores what was given of several participants of an organization, in the open transaction. Who
  /// is as given already stays untouched; so does who is not there.
  ///
  /// @param given each participant once
  public void complete(OrganizationId organization, List<GivenOfParticipant> given, Instant now) {
    if (given.isEmpty()) {
      return;
    }
    List<LiveNews.Concerned> changed =
        database
            .handle()
            .createQuery(
                """
                with given as (
                  select p.id,
                         coalesce(nullif(e.name, ''), p.name) as name,
                         coalesce(nullif(e.phone, ''), p.phone) as phone,
                         coalesce(nullif(e.email, ''), p.email) as email,
                         coalesce(nullif(e.locale, ''), p.locale) as locale,
                         coalesce(nullif(e.note, ''), p.note) as note,
                         case
                           when e.tags = '' then p.tags
                           else array(select jsonb_array_elements_text(cast(e.tags as jsonb)))
                         end as tags,
                         coalesce(nullif(e.travel_mode, ''), p.travel_mode) as travel_mode
                  from unnest(
                      :ids, :names, :phones, :emails, :locales, :notes, :tags, :travelModes)
                    as e (id, name, phone, email, locale, note, tags, travel_mode)
                  join participants p on p.id = e.id
                  where p.organization_id = :organization)
                update participants p
                set name = g.name,
                    phone = g.phone,
                    email = g.email,
                    locale = g.locale,
                    note = g.note,
                    tags = g.tags,
                    travel_mode = g.travel_mode,
                    updated_at = :now,
                    version = p.version + 1
                from given g
                where p.id = g.id
                  and (p.name, p.phone, p.email, p.locale, p.note, p.tags, p.travel_mode)
                    is distinct from
                      (g.name, g.phone, g.email, g.locale, g.note, g.tags, g.travel_mode)
                returning p.id, p.organization_id, p.occurrence_id
                """)
            .bindArray("ids", UUID.class, given.stream().map(each -> each.id().value()).toList())
            .bindArray(
                "names", String.class, given.stream().map(each -> text(each.name())).toList())
            .bindArray(
                "phones", String.class, given.stream().map(each -> text(each.phone())).toList())
            .bindArray(
                "emails", String.class, given.stream().map(each -> text(each.email())).toList())
            .bindArray(
                "locales", String.class, given.stream().map(each -> text(each.locale())).toList())
            .bindArray(
                "notes", String.class, given.stream().map(each -> text(each.note())).toList())
            .bindArray(
                "tags",
                String.class,
                given.stream().map(each -> each.tags() == null ? "" : json(each.tags())).toList())
            .bindArray(
                "travelModes",
                String.class,
                given.stream()
                    .map(each -> each.travelMode() == null ? "" : WireName.of(each.travelMode()))
                    .toList())
            .bind("organization", organization.value())
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .map((row, context) -> LiveNews.Concerned.read(row))
            .list();
    liveNews.tell(changed, LiveChange.Updated::new);
  }

  /// Stores how a participant comes, in the open transaction. Saying the same again changes
  /// nothing; answers whether it was something else.
  public boolean travelBy(ParticipantId participant, TravelMode mode, Instant now) {
    List<LiveNews.Concerned> changed =
        database
            .handle()
            .createQuery(
                """
                update participants
                set travel_mode = :mode,
                    updated_at = :now,
                    version = version + 1
                where id = :id
                  and travel_mode <> :mode
                returning id, organization_id, occurrence_id
                """)
            .bind("mode", WireName.of(mode))
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .bind("id", participant.value())
            .map((row, context) -> LiveNews.Concerned.read(row))
            .list();
    liveNews.tell(changed, LiveChange.Updated::new);
    return !changed.isEmpty();
  }

  /// Counts a new version, where something changed that is shown with the participant.
  public void touch(ParticipantId participant, Instant now) {
    List<LiveNews.Concerned> changed =
        database
            .handle()
            .createQuery(
                """
                update participants
                set updated_at = :now,
                    version = version + 1
                where id = :id
                returning id, organization_id, occurrence_id
                """)
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .bind("id", participant.value())
            .map((row, context) -> LiveNews.Concerned.read(row))
            .list();
    liveNews.tell(changed, LiveChange.Updated::new);
  }

  /// Removes participants for ever, in the open transaction; answers how many there were.
  public long forget(List<UUID> participants) {
    List<LiveNews.Concerned> removed =
        database
            .handle()
            .createQuery(
                """
                delete from participants
                where id = any(:ids)
                returning id, organization_id, occurrence_id
                """)
            .bindArray("ids", UUID.class, participants)
            .map((row, context) -> LiveNews.Concerned.read(row))
            .list();
    liveNews.tell(removed, id -> new LiveChange.Left(id, LiveChange.Reason.REMOVED));
    return removed.size();
  }

  /// As above, with the organization that they were of: nobody is told any more.
  public long erase(List<UUID> participants) {
    return database
        .handle()
        .createUpdate("delete from participants where id = any(:ids)")
        .bindArray("ids", UUID.class, participants)
        .execute();
  }

  private static <T> List<T> all(
      List<ExpectedParticipant> participants, Function<ExpectedParticipant, T> part) {
    return participants.stream().map(part).toList();
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }

  private String json(List<String> tags) {
    try {
      return json.writeValueAsString(tags);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
