package app.turnout.locations.writer;

import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.locations.Ping;
import app.turnout.locations.PingMessage;
import app.turnout.locations.presence.Presence;
import app.turnout.locations.presence.Sighting;
import app.turnout.platform.live.LivePosition;
import app.turnout.platform.persistence.Database;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Pings and latest positions, written in the open transaction, whatever the tenant: two statements
/// for any number of pings, their values as arrays.
@Singleton
final class PingStore {
  /// Rows are written in one order, and so locked in one, by all writers: they wait for each other,
  /// and never in a circle.
  ///
  /// The consent is locked for the time of the transaction. A withdrawal waits for it, and comes
  /// before any later one. What was recorded or taken before a consent that was given again is from
  /// before the withdrawal, or from the time without consent.
  ///
  /// Distances are computed near the place only: a degree of latitude is 111 km and more.
  private static final String WRITE =
      """
      with messages as (
        select *
        from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::int8[], ?::text[]) with ordinality
          as m (participant_id, organization_id, occurrence_id, received_micros, source, number)),
      consented as materialized (
        select c.participant_id,
               case when c.withdrawn_at is not null then c.changed_at end as again_since
        from consents c
        where c.participant_id = any (?::uuid[])
          and c.granted
        order by c.participant_id
        for share),
      given as (
        select m.organization_id, m.occurrence_id, m.participant_id,
               timestamptz 'epoch' + g.recorded_micros * interval '1 microsecond' as recorded_at,
               timestamptz 'epoch' + m.received_micros * interval '1 microsecond' as received_at,
               g.latitude, g.longitude, g.accuracy_metres, g.altitude_metres,
               g.speed_metres_per_second, g.heading_degrees, g.battery_percent, m.source
        from unnest(?::int4[], ?::int8[], ?::float8[], ?::float8[], ?::float8[], ?::float8[],
                    ?::float8[], ?::float8[], ?::float8[])
          as g (message, recorded_micros, latitude, longitude, accuracy_metres, altitude_metres,
                speed_metres_per_second, heading_degrees, battery_percent)
        join messages m on m.number = g.message),
      stored as (
        insert into pings (
          organization_id, occurrence_id, participant_id, recorded_at, received_at, latitude,
          longitude, accuracy_metres, altitude_metres, speed_metres_per_second, heading_degrees,
          battery_percent, source)
        select g.*
        from given g
        join consented c using (participant_id)
        where c.again_since is null
           or (g.received_at >= c.again_since and g.recorded_at >= c.again_since)
        order by g.participant_id, g.recorded_at, g.received_at
        on conflict (participant_id, recorded_at) do nothing
        returning *),
      newest as (
        insert into latest_positions as l (
          participant_id, organization_id, occurrence_id, recorded_at, received_at, latitude,
          longitude, accuracy_metres, altitude_metres, speed_metres_per_second, heading_degrees,
          battery_percent, source)
        select distinct on (participant_id)
               participant_id, organization_id, occurrence_id, recorded_at, received_at, latitude,
               longitude, accuracy_metres, altitude_metres, speed_metres_per_second,
               heading_degrees, battery_percent, source
        from stored
        order by participant_id, recorded_at desc
        on conflict (participant_id) do update
        set recorded_at = excluded.recorded_at,
            received_at = excluded.received_at,
            latitude = excluded.latitude,
            longitude = excluded.longitude,
            accuracy_metres = excluded.accuracy_metres,
            altitude_metres = excluded.altitude_metres,
            speed_metres_per_second = excluded.speed_metres_per_second,
            heading_degrees = excluded.heading_degrees,
            battery_percent = excluded.battery_percent,
            source = excluded.source
        where excluded.recorded_at > l.recorded_at
        returning l.participant_id, l.organization_id, l.occurrence_id, l.recorded_at, l.latitude,
                  l.longitude, l.accuracy_metres, l.heading_degrees, l.speed_metres_per_second),
      places as materialized (
        select o.id as occurrence_id, d.latitude, d.longitude,
               e.arrival_radius_metres as radius,
               greatest(e.arrival_radius_metres, ?) as accuracy,
               greatest(e.arrival_radius_metres * ?, e.arrival_radius_metres + ?) as away
        from occurrences o
        join occurrence_details d on d.id = o.id
        join events e on e.id = o.event_id
        where o.id = any (?::uuid[])
          and d.latitude is not null),
      marked as materialized (
        select a.participant_id, a.left_at is null as is_there
        from arrivals a
        where a.participant_id = any (?::uuid[])),
      sighted as (
        select s.participant_id, min(s.recorded_at) as since
        from stored s
        join places p using (occurrence_id)
        left join marked m on m.participant_id = s.participant_id
        where (s.accuracy_metres is null or s.accuracy_metres <= p.accuracy)
          and case
                when m.is_there then not (
                  abs(s.latitude - p.latitude) <= p.away / 110000.0
                  and metres_between(s.latitude, s.longitude, p.latitude, p.longitude) <= p.away)
                else abs(s.latitude - p.latitude) <= p.radius / 110000.0
                  and metres_between(s.latitude, s.longitude, p.latitude, p.longitude) <= p.radius
              end
        group by s.participant_id)
      select participant_id, n.organization_id, n.occurrence_id, n.recorded_at, n.latitude,
             n.longitude, n.accuracy_metres, n.heading_degrees, n.speed_metres_per_second, s.since
      from newest n
      full join sighted s using (participant_id)
      """;

  private static final String FOUND =
      """
      select m.number - 1,
             p.organization_id = m.organization_id and p.occurrence_id = m.occurrence_id
      from unnest(?::uuid[], ?::uuid[], ?::uuid[]) with ordinality
        as m (participant_id, organization_id, occurrence_id, number)
      join participants p on p.id = m.participant_id
      """;

  private static final String LATEST =
      """
      select l.participant_id, l.organization_id, l.occurrence_id, l.recorded_at, l.latitude,
             l.longitude, l.accuracy_metres, l.heading_degrees, l.speed_metres_per_second
      from latest_positions l
      join consents c on c.participant_id = l.participant_id
      where l.participant_id = any (?::uuid[])
        and c.granted
      """;

  private final Database database;

  PingStore(Database database) {
    this.database = database;
  }

  /// What storing changed.
  ///
  /// @param newest the positions that are the latest now
  /// @param sightings of those whose new pings may tell that they came or went
  record Stored(List<NewestPosition> newest, List<Sighting> sightings) {
    Stored {
      newest = List.copyOf(newest);
      sightings = List.copyOf(sightings);
    }
  }

  /// The places in the list of those messages whose participant is there, and whether date and
  /// tenant are theirs.
  Map<Integer, Boolean> found(List<PingMessage> messages) {
    return execute(
        FOUND,
        statement -> {
          bindIds(statement, messages);
        },
        rows -> {
          Map<Integer, Boolean> found = new HashMap<>();
          while (rows.next()) {
            found.put(rows.getInt(1), rows.getBoolean(2));
          }
          return found;
        });
  }

  /// Stores the pings of those who consent; a ping that is stored already is left as it is.
  Stored write(List<PingMessage> messages) {
    return execute(
        WRITE,
        statement -> {
          int last = bindMessages(statement, messages);
          last = bindPings(statement, last, messages);
          statement.setDouble(++last, Presence.ACCURACY_METRES);
          statement.setDouble(++last, Presence.AWAY_FACTOR);
          statement.setDouble(++last, Presence.AWAY_METRES);
          bind(statement, ++last, "uuid", messages, message -> message.occurrence().value());
          bind(statement, ++last, "uuid", messages, message -> message.participant().value());
        },
        rows -> {
          List<NewestPosition> newest = new ArrayList<>();
          List<Sighting> sightings = new ArrayList<>();
          while (rows.next()) {
            if (rows.getObject(2) != null) {
              newest.add(newestPosition(rows));
            }
            OffsetDateTime since = rows.getObject(10, OffsetDateTime.class);
            if (since != null) {
              sightings.add(
                  new Sighting(
                      new ParticipantId(rows.getObject(1, UUID.class)), since.toInstant()));
            }
          }
          return new Stored(newest, sightings);
        });
  }

  /// The latest positions of these people, as far as they consent.
  List<NewestPosition> latest(Collection<ParticipantId> participants) {
    return execute(
        LATEST,
        statement ->
            bind(
                statement,
                1,
                "uuid",
                participants.stream().map(participant -> (Object) participant.value()).toArray()),
        rows -> {
          List<NewestPosition> latest = new ArrayList<>();
          while (rows.next()) {
            latest.add(newestPosition(rows));
          }
          return latest;
        });
  }

  private static NewestPosition newestPosition(ResultSet rows) throws SQLException {
    return new NewestPosition(
        new OrganizationId(rows.getObject(2, UUID.class)),
        new OccurrenceId(rows.getObject(3, UUID.class)),
        new LivePosition(
            new ParticipantId(rows.getObject(1, UUID.class)),
            new GeoPoint(rows.getDouble(5), rows.getDouble(6)),
            rows.getObject(7, Double.class),
            rows.getObject(8, Double.class),
            rows.getObject(9, Double.class),
            rows.getObject(4, OffsetDateTime.class).toInstant()));
  }

  private static int bindIds(PreparedStatement statement, List<PingMessage> messages)
      throws SQLException {
    bind(statement, 1, "uuid", messages, message -> message.participant().value());
    bind(statement, 2, "uuid", messages, message -> message.organization().value());
    bind(statement, 3, "uuid", messages, message -> message.occurrence().value());
    return 3;
  }

  private static int bindMessages(PreparedStatement statement, List<PingMessage> messages)
      throws SQLException {
    int last = bindIds(statement, messages);
    bind(statement, ++last, "int8", messages, message -> micros(message.receivedAt()));
    bind(
        statement,
        ++last,
        "text",
        messages,
        message -> message.source().name().toLowerCase(Locale.ROOT));
    bind(statement, ++last, "uuid", messages, message -> message.participant().value());
    return last;
  }

  private static int bindPings(PreparedStatement statement, int last, List<PingMessage> messages)
      throws SQLException {
    int count = messages.stream().mapToInt(message -> message.pings().size()).sum();
    Integer[] numbers = new Integer[count];
    Long[] recorded = new Long[count];
    @Nullable Double[][] values = new Double[7][count];
    int row = 0;
    for (int number = 1; number <= messages.size(); number++) {
      for (Ping ping : messages.get(number - 1).pings()) {
        numbers[row] = number;
        recorded[row] = micros(ping.recordedAt());
        values[0][row] = ping.position().latitude();
        values[1][row] = ping.position().longitude();
        values[2][row] = ping.accuracyMetres();
        values[3][row] = ping.altitudeMetres();
        values[4][row] = ping.speedMetresPerSecond();
        values[5][row] = ping.headingDegrees();
        values[6][row] = ping.batteryPercent();
        row++;
      }
    }
    bind(statement, last + 1, "int4", numbers);
    bind(statement, last + 2, "int8", recorded);
    for (int column = 0; column < values.length; column++) {
      bind(statement, last + 3 + column, "float8", values[column]);
    }
    return last + 2 + values.length;
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static void bind(
      PreparedStatement statement,
      int index,
      String type,
      List<PingMessage> messages,
      Function<PingMessage, Object> value)
      throws SQLException {
    bind(statement, index, type, messages.stream().map(value).toArray());
  }

  private static void bind(
      PreparedStatement statement, int index, String type, @Nullable Object[] values)
      throws SQLException {
    Array array = statement.getConnection().createArrayOf(type, values);
    statement.setArray(index, array);
  }

  private interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  private interface Reading<T> {
    T read(ResultSet rows) throws SQLException;
  }

  private <T> T execute(String sql, Binding binding, Reading<T> reading) {
    Connection connection = database.handle().getConnection();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      binding.bind(statement);
      try (ResultSet rows = statement.executeQuery()) {
        return reading.read(rows);
      }
    } catch (SQLException e) {
      throw new PingStoreException(e);
    }
  }
}
