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
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
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

/// The floor of reading an event: the same HTTP server, pool, driver, statements and answer as the
/// product's, and nothing else. It looks at no token, and answers one member's one event.
final class BareServer implements AutoCloseable {
  private static final String ENTER = "select role from enter_organization(?, ?, ?)";

  private static final UUID SESSION = new UUID(0, 0);

  /// As the function `events` asks.
  private static final String EVENT =
      """
      select e.*,
             coalesce(e.latitude, a.latitude) as place_latitude,
             coalesce(e.longitude, a.longitude) as place_longitude,
             o.id as occurrence_id,
             o.local_start,
             o.local_end,
             o.time_zone as occurrence_time_zone,
             o.status as occurrence_status,
             o.capacity as occurrence_capacity
      from events e
      left join areas a on a.id = e.area_id
      join occurrences o on o.id = meant_occurrence(e.id, ?)
      where e.id = ?
      """;

  private static final List<String> TEXTS =
      List.of(
          "id",
          "organization_id",
          "title",
          "description",
          "category",
          "type",
          "status",
          "visibility",
          "area_id",
          "time_zone",
          "positions_visible_to",
          "created_by",
          "language",
          "image_url",
          "consent_text",
          "cancellation_reason");
  private static final List<String> NUMBERS =
      List.of(
          "arrival_radius_metres",
          "capacity",
          "tracking_opens_minutes_before",
          "check_in_on_arrival",
          "confirmation_minutes_before",
          "reminder_minutes_before",
          "location_minutes_before");
  private static final List<String> TIMES =
      List.of(
          "created_at",
          "updated_at",
          "registration_deadline",
          "registration_closed_at",
          "cancelled_at",
          "completed_at",
          "archived_at");

  /// What holds where an event has none of its own.
  private static final String REFUND_POLICY =
      "{\"steps\":[{\"hours_before\":24,\"percent\":100},{\"hours_before\":2,\"percent\":50}]}";

  private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
  private static final JsonFactory JSON = new JsonFactory();

  private final HikariDataSource pool;
  private final Stage stage;
  private final Server server;
  private final ServerConnector connector;

  private BareServer(HikariDataSource pool, Stage stage) {
    this.pool = pool;
    this.stage = stage;
    QueuedThreadPool threads = new QueuedThreadPool(64, 4);
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    this.server = new Server(threads);
    this.connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new EventHandler());
  }

  /// Starts it with as many connections as the runner gives to a function.
  static BareServer start(String jdbcUrl, String user, String password, Stage stage) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(jdbcUrl);
    pool.setUsername(user);
    pool.setPassword(password);
    // Row-level security then lets through what it lets through for the product.
    pool.setConnectionInitSql("set role turnout_app");
    pool.setMaximumPoolSize(8);
    BareServer server = new BareServer(pool, stage);
    try {
      LifeCycle.start(server.server);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
    return server;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  private final class EventHandler extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws SQLException, IOException {
      String path = request.getHttpURI().getPath();
      UUID event = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
      byte[] answer = read(event);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      response.write(true, ByteBuffer.wrap(answer), callback);
      return true;
    }
  }

  private byte[] read(UUID event) throws SQLException, IOException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement enter = connection.prepareStatement(ENTER);
          PreparedStatement find = connection.prepareStatement(EVENT)) {
        enter.setObject(1, stage.user());
        enter.setObject(2, SESSION);
        enter.setObject(3, stage.organization());
        next(enter.executeQuery()).close();
        find.setObject(1, OffsetDateTime.now(ZoneOffset.UTC));
        find.setObject(2, event);
        byte[] answer;
        try (ResultSet row = next(find.executeQuery())) {
          answer = json(row);
        }
        connection.commit();
        return answer;
      }
    }
  }

  private static ResultSet next(ResultSet rows) throws SQLException {
    if (!rows.next()) {
      throw new SQLException("no row");
    }
    return rows;
  }

  private static byte[] json(ResultSet row) throws SQLException, IOException {
    ZoneId zone = ZoneId.of(row.getString("occurrence_time_zone"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      for (String column : TEXTS) {
        json.writeStringField(column, row.getString(column));
      }
      json.writeObjectFieldStart("position");
      json.writeNumberField("latitude", row.getDouble("place_latitude"));
      json.writeNumberField("longitude", row.getDouble("place_longitude"));
      json.writeEndObject();
      for (String column : NUMBERS) {
        json.writeObjectField(column, row.getObject(column));
      }
      json.writeObjectFieldStart("occurrence");
      json.writeStringField("id", row.getString("occurrence_id"));
      json.writeStringField("status", row.getString("occurrence_status"));
      json.writeObjectField("capacity", row.getObject("occurrence_capacity"));
      for (String end : List.of("start", "end")) {
        LocalDateTime local = row.getObject("local_" + end, LocalDateTime.class);
        json.writeStringField(end + "s_at", TIME.format(local.atZone(zone)));
      }
      json.writeEndObject();
      for (String column : TIMES) {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        json.writeStringField(column, time == null ? null : TIME.format(time));
      }
      json.writeNullField("recurrence");
      json.writeFieldName("translations");
      json.writeRawValue(row.getString("translations"));
      json.writeFieldName("refund_policy");
      String policy = row.getString("refund_policy");
      json.writeRawValue(policy == null ? REFUND_POLICY : policy);
      json.writeBooleanField("registration_open", row.getObject("cancelled_at") == null);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    try (pool) {
      LifeCycle.stop(server);
    }
  }
}
