package app.turnout.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The floor of searching the catalogue: the same HTTP server, pool, driver, statement and answer
/// as the product's, and nothing else. It answers one search.
final class BareCatalogue implements AutoCloseable {
  private static final String CONDITIONS =
      """
      from catalogue_entries e
      join catalogue_dates d on d.event_id = e.event_id
      where e.is_listed
        and d.is_listed
        and e.city_keys @> array[folded(?)]
        and (cardinality(e.city_keys) = 1 or folded(d.city) = folded(?))
        and e.price_min <= ?
        and d.ends_at > ? and d.previous_ends_at <= ?
        and e.status <> 'cancelled' and d.status <> 'cancelled'
        and e.status <> 'completed' and d.status <> 'completed'
      """;

  private static final String ORDER = "order by d.starts_at, d.event_id\nlimit 21";

  /// As the function `catalogue` asks.
  private static final String SEARCH =
      """
      select e.event_id, e.slug, e.organization_id, e.organization_name, e.title, e.category, e.type,
             e.status, e.image_url, e.language, e.registration_deadline, e.registration_closed_at,
             e.price_min, e.price_max, e.currency, d.occurrence_id, d.local_start, d.local_end,
             d.time_zone, d.starts_at, d.ends_at, d.status as date_status, d.title as date_title,
             d.area_id, d.area_name, d.address, d.city, d.latitude, d.longitude, d.capacity,
             d.available, c.sort_key, cast(null as double precision) as chord
      from (
      select * from (
      (select d.event_id, d.original_start, d.starts_at as sort_key
      %s  and d.starts_at > ? and not (d.is_long and d.starts_at <= ?)
      %s)
      union all
      (select d.event_id, d.original_start, d.starts_at as sort_key
      %s  and d.is_long and tstzrange(d.starts_at, d.ends_at) @> cast(? as timestamptz)
      %s)) b
      order by b.sort_key, b.event_id
      limit 21) c
      join catalogue_entries e on e.event_id = c.event_id
      join catalogue_dates d on d.event_id = c.event_id and d.original_start = c.original_start
      order by c.sort_key, c.event_id
      """
          .formatted(CONDITIONS, ORDER, CONDITIONS, ORDER);

  private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
  private static final JsonFactory JSON = new JsonFactory();

  private final HikariDataSource pool;
  private final Server server;
  private final ServerConnector connector;

  private BareCatalogue(HikariDataSource pool) {
    this.pool = pool;
    QueuedThreadPool threads = new QueuedThreadPool(64, 4);
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    this.server = new Server(threads);
    this.connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new SearchHandler());
  }

  /// Starts it with as many connections as the runner gives to a function.
  static BareCatalogue start(String jdbcUrl, String user, String password) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(jdbcUrl);
    pool.setUsername(user);
    pool.setPassword(password);
    // As the product's role is set to plan.
    pool.setConnectionInitSql("set max_parallel_workers_per_gather = 0");
    pool.setMaximumPoolSize(8);
    BareCatalogue catalogue = new BareCatalogue(pool);
    try {
      LifeCycle.start(catalogue.server);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
    return catalogue;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  private final class SearchHandler extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws SQLException, IOException {
      byte[] answer = search();
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.write(true, ByteBuffer.wrap(answer), callback);
      return true;
    }
  }

  private byte[] search() throws SQLException, IOException {
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
    try (Connection connection = pool.getConnection();
        PreparedStatement search = connection.prepareStatement(SEARCH)) {
      int at = conditions(search, 1, now);
      search.setObject(at++, now.minusHours(12));
      search.setObject(at++, now);
      at = conditions(search, at, now);
      search.setObject(at, now);
      try (ResultSet rows = search.executeQuery()) {
        return json(rows);
      }
    }
  }

  private static int conditions(PreparedStatement search, int from, OffsetDateTime now)
      throws SQLException {
    int at = from;
    search.setString(at++, PublicEvents.CITY);
    search.setString(at++, PublicEvents.CITY);
    search.setLong(at++, PublicEvents.PRICE_MAX);
    search.setObject(at++, now);
    search.setObject(at++, now);
    return at;
  }

  private static byte[] json(ResultSet row) throws SQLException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16_384);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart("data");
      while (row.next()) {
        event(row, json);
      }
      json.writeEndArray();
      json.writeNullField("next_cursor");
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void event(ResultSet row, JsonGenerator json) throws SQLException, IOException {
    json.writeStartObject();
    json.writeStringField("id", row.getString("event_id"));
    json.writeStringField("slug", row.getString("slug"));
    json.writeObjectFieldStart("organization");
    json.writeStringField("id", row.getString("organization_id"));
    json.writeStringField("name", row.getString("organization_name"));
    json.writeEndObject();
    for (String column : new String[] {"title", "language", "category", "type", "status"}) {
      json.writeStringField(column, row.getString(column));
    }
    json.writeStringField("image_url", row.getString("image_url"));
    json.writeBooleanField("is_free", row.getLong("price_max") == 0);
    for (String column : new String[] {"price_min", "price_max"}) {
      json.writeObjectFieldStart(column);
      json.writeNumberField("amount", row.getLong(column));
      json.writeStringField("currency", row.getString("currency"));
      json.writeEndObject();
    }
    json.writeStringField("registration_deadline", row.getString("registration_deadline"));
    json.writeBooleanField("registration_open", row.getObject("registration_closed_at") == null);
    date(row, json);
    json.writeObjectField("distance_metres", row.getObject("chord"));
    json.writeEndObject();
  }

  private static void date(ResultSet row, JsonGenerator json) throws SQLException, IOException {
    ZoneId zone = ZoneId.of(row.getString("time_zone"));
    json.writeObjectFieldStart("date");
    json.writeStringField("occurrence_id", row.getString("occurrence_id"));
    json.writeStringField("status", row.getString("date_status"));
    json.writeStringField("title", row.getString("date_title"));
    for (String column : new String[] {"starts_at", "ends_at"}) {
      OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
      json.writeStringField(column, TIME.format(time.atZoneSameInstant(zone).toOffsetDateTime()));
    }
    json.writeStringField("time_zone", zone.getId());
    json.writeObjectFieldStart("place");
    json.writeStringField("area_id", row.getString("area_id"));
    json.writeStringField("name", row.getString("area_name"));
    json.writeStringField("address", row.getString("address"));
    json.writeStringField("city", row.getString("city"));
    json.writeObjectFieldStart("position");
    json.writeNumberField("latitude", row.getDouble("latitude"));
    json.writeNumberField("longitude", row.getDouble("longitude"));
    json.writeEndObject();
    json.writeEndObject();
    json.writeNumberField("capacity", row.getInt("capacity"));
    json.writeNumberField("available", row.getInt("available"));
    json.writeBooleanField("sold_out", row.getInt("available") == 0);
    json.writeArrayFieldStart("ticket_types");
    json.writeEndArray();
    json.writeEndObject();
  }

  @Override
  public void close() {
    try (pool) {
      LifeCycle.stop(server);
    }
  }
}
