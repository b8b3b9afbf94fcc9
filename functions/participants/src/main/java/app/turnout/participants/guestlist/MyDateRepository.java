package app.turnout.participants.guestlist;

import app.turnout.domain.ParticipantId;
import app.turnout.domain.TravelMode;
import app.turnout.platform.attendance.ParticipantStatus;
import app.turnout.platform.json.Texts;
import app.turnout.platform.persistence.Database;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a participant may see of their date, in one statement: nothing of other people, and nothing
/// that organisers note for themselves.
@Singleton
final class MyDateRepository {
  private final Database database;
  private final JsonMapper json;

  MyDateRepository(Database database, JsonMapper json) {
    this.database = database;
    this.json = json;
  }

  Optional<MyDateResponse> find(ParticipantId participant, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            select p.id as participant_id, p.name, p.email, p.locale, p.status,
                   p.travel_mode,
                   case when p.status = 'checked_in' then p.checked_in_at end as checked_in_at,
                   coalesce(c.granted, false) as granted, c.changed_at,
                   e.id as event_id, g.name as organizer, d.title, d.description, e.language,
                   e.translations, coalesce(o.title, s.title) as own_title,
                   coalesce(o.description, s.description) as own_description,
                   e.consent_text, e.check_in_on_arrival, e.positions_visible_to,
                   o.id as occurrence_id, o.starts_at, o.ends_at, o.time_zone,
                   case
                     when 'cancelled' in (o.status, e.status) then 'cancelled'
                     when 'completed' in (o.status, e.status) or o.ends_at <= :now
                       then 'completed'
                     when o.starts_at <= :now then 'active'
                     else 'scheduled'
                   end as date_status,
                   case when 'cancelled' in (o.status, e.status)
                     then coalesce(o.cancellation_reason, e.cancellation_reason)
                   end as cancellation_reason,
                   d.area_name, d.address, d.city, d.latitude, d.longitude,
                   o.starts_at - make_interval(mins => e.tracking_opens_minutes_before)
                     as opens_at,
                   e.status in ('scheduled', 'active', 'completed') and o.status <> 'cancelled'
                     as takes_place
            from participants p
            join occurrences o on o.id = p.occurrence_id
            join occurrence_details d on d.id = o.id
            join events e on e.id = o.event_id
            join organizations g on g.id = p.organization_id
            left join series s on s.id = o.series_id
            left join consents c on c.participant_id = p.id
            where p.id = :participant
            """)
        .bind("participant", participant.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) -> read(row, now))
        .findOne();
  }

  private MyDateResponse read(ResultSet row, Instant now) throws SQLException {
    ZoneId zone = ZoneId.of(row.getString("time_zone"));
    OffsetDateTime checkedInAt = find(row, "checked_in_at", zone);
    return new MyDateResponse(
        row.getObject("participant_id", UUID.class),
        row.getString("name"),
        row.getString("email"),
        row.getString("locale"),
        ParticipantStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        Texts.constant(TravelMode.class, row.getString("travel_mode")),
        checkedInAt,
        new ConsentResponse(row.getBoolean("granted"), find(row, "changed_at", ZoneOffset.UTC)),
        new MyDateResponse.MyEvent(
            row.getObject("event_id", UUID.class),
            row.getString("organizer"),
            row.getString("title"),
            row.getString("description"),
            row.getString("language"),
            translations(row),
            row.getString("consent_text"),
            row.getBoolean("check_in_on_arrival"),
            row.getString("positions_visible_to")),
        new MyDateResponse.MyOccurrence(
            row.getObject("occurrence_id", UUID.class),
            get(row, "starts_at", zone),
            get(row, "ends_at", zone),
            zone.getId(),
            DateStatus.valueOf(row.getString("date_status").toUpperCase(Locale.ROOT)),
            row.getString("cancellation_reason")),
        place(row),
        tracking(row, zone, checkedInAt, now));
  }

  /// In other languages; what the date says for itself is said in one.
  private Map<String, MyDateResponse.Words> translations(ResultSet row) throws SQLException {
    String ownTitle = row.getString("own_title");
    String ownDescription = row.getString("own_description");
    String description = row.getString("description");
    Map<String, MyDateResponse.Words> kept = kept(row.getString("translations"));
    Map<String, MyDateResponse.Words> shown = new HashMap<>();
    kept.forEach(
        (language, words) ->
            shown.put(
                language,
                new MyDateResponse.Words(
                    Objects.requireNonNullElse(ownTitle, words.title()),
                    ownDescription == null && words.description() != null
                        ? words.description()
                        : description)));
    return shown;
  }

  private Map<String, MyDateResponse.Words> kept(String text) {
    try {
      return json.readValue(text, Argument.mapOf(String.class, MyDateResponse.Words.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MyDateResponse.@Nullable MyPlace place(ResultSet row) throws SQLException {
    String name = row.getString("area_name");
    Double latitude = row.getObject("latitude", Double.class);
    return name == null && latitude == null
        ? null
        : new MyDateResponse.MyPlace(
            name,
            row.getString("address"),
            row.getString("city"),
            latitude,
            row.getObject("longitude", Double.class));
  }

  private static MyDateResponse.MyTracking tracking(
      ResultSet row, ZoneId zone, @Nullable OffsetDateTime checkedInAt, Instant now)
      throws SQLException {
    OffsetDateTime opensAt = get(row, "opens_at", zone);
    OffsetDateTime closesAt = get(row, "ends_at", zone);
    if (checkedInAt != null && checkedInAt.isBefore(closesAt)) {
      closesAt = checkedInAt.isBefore(opensAt) ? opensAt : checkedInAt;
    }
    return new MyDateResponse.MyTracking(
        opensAt,
        closesAt,
        row.getBoolean("takes_place")
            && !now.isBefore(opensAt.toInstant())
            && now.isBefore(closesAt.toInstant()));
  }

  private static OffsetDateTime get(ResultSet row, String column, ZoneId zone) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).atZoneSameInstant(zone).toOffsetDateTime();
  }

  private static @Nullable OffsetDateTime find(ResultSet row, String column, ZoneId zone)
      throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.atZoneSameInstant(zone).toOffsetDateTime();
  }
}
