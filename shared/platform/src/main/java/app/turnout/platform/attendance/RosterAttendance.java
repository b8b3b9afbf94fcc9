package app.turnout.platform.attendance;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.platform.json.WireName;
import app.turnout.platform.live.LiveChange;
import app.turnout.platform.live.LiveNews;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.tokens.Ids;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/// Makes participants of those who belong to a recurring event's roster, and keeps them the same.
@Singleton
public final class RosterAttendance {
  private final Database database;
  private final Ids ids;
  private final LiveNews liveNews;

  RosterAttendance(Database database, Ids ids, LiveNews liveNews) {
    this.database = database;
    this.ids = ids;
    this.liveNews = liveNews;
  }

  /// Stores a participant, `pending`, for each of these members of the roster, in the open
  /// transaction. Whoever calls has asked [Attendance#placesLeft] for as many.
  public void expect(
      OrganizationId organization,
      EventId event,
      OccurrenceId occurrence,
      List<UUID> members,
      Instant now) {
    List<LiveNews.Concerned> changed =
        database
            .handle()
            .createQuery(
                """
                insert into participants (
                  id, organization_id, event_id, occurrence_id, roster_member_id, name, phone, email,
                  locale, note, tags, travel_mode, status, created_at, updated_at, version)
                select m.id, :organization, :event, :occurrence, r.id, r.name, r.phone, r.email,
                       r.locale, r.note, r.tags, r.travel_mode, 'pending', :now, :now, 1
                from unnest(:ids, :members) as m (id, member)
                join roster_members r on r.id = m.member
                on conflict do nothing
                returning id, organization_id, occurrence_id
                """)
            .bind("organization", organization.value())
            .bind("event", event.value())
            .bind("occurrence", occurrence.value())
            .bindArray("ids", UUID.class, members.stream().map(_ -> ids.next()).toList())
            .bindArray("members", UUID.class, members)
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .map((row, context) -> LiveNews.Concerned.read(row))
            .list();
    liveNews.tell(changed, LiveChange.Joined::new);
  }

  /// Changes a member's rows on dates that are not over, in the open transaction: each field that
  /// still says what the roster said. What was changed on a row itself stays.
  public void change(
      UUID member, ParticipantDetails before, ParticipantDetails after, Instant now) {
    List<LiveNews.Concerned> changed =
        database
            .handle()
            .createQuery(
                """
                with own as materialized (
                  select p.id
                  from participants p
                  join occurrences o on o.id = p.occurrence_id
                  where p.roster_member_id = :member
                    and o.ends_at > :now
                  order by p.id
                  for no key update of p)
                update participants p
                set name = case when p.name = :oldName then :name else p.name end,
                    phone = case
                      when p.phone is not distinct from cast(:oldPhone as text)
                        then cast(:phone as text)
                      else p.phone
                    end,
                    email = case
                      when p.email is not distinct from cast(:oldEmail as text)
                        then cast(:email as text)
                      else p.email
                    end,
                    locale = case when p.locale = :oldLocale then :locale else p.locale end,
                    note = case
                      when p.note is not distinct from cast(:oldNote as text) then cast(:note as text)
                      else p.note
                    end,
                    tags = case when p.tags = cast(:oldTags as text[]) then cast(:tags as text[]) else p.tags end,
                    travel_mode = case
                      when p.travel_mode = :oldTravelMode then :travelMode else p.travel_mode
                    end,
                    updated_at = :now,
                    version = p.version + 1
                from own
                where p.id = own.id
                returning p.id, p.organization_id, p.occurrence_id
                """)
            .bind("member", member)
            .bind("oldName", before.name())
            .bind("name", after.name())
            .bind("oldPhone", before.phone())
            .bind("phone", after.phone())
            .bind("oldEmail", before.email())
            .bind("email", after.email())
            .bind("oldLocale", before.locale())
            .bind("locale", after.locale())
            .bind("oldNote", before.note())
            .bind("note", after.note())
            .bindArray("oldTags", String.class, before.tags())
            .bindArray("tags", String.class, after.tags())
            .bind("oldTravelMode", WireName.of(before.travelMode()))
            .bind("travelMode", WireName.of(after.travelMode()))
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .map((row, context) -> LiveNews.Concerned.read(row))
            .list();
    liveNews.tell(changed, LiveChange.Updated::new);
  }
}
