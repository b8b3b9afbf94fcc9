package app.turnout.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// A table beside `pings` with the same columns, constraints, indexes and partitions, filled by
/// COPY: what PostgreSQL takes at most.
final class EqualTable implements AutoCloseable {
  private static final String CREATE =
      """
      create schema bench;
      create table bench.pings (like public.pings including all) partition by range (recorded_at);
      do $$
      declare
        original record;
      begin
        for original in
          select c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bound
          from pg_inherits i
          join pg_class c on c.oid = i.inhrelid
          where i.inhparent = 'public.pings'::regclass
        loop
          execute format(
            'create table bench.%I partition of bench.pings %s', original.name, original.bound);
        end loop;
      end $$
      """;

  private final Connection connection;
  private final CopyManager copying;

  private EqualTable(Connection connection) throws SQLException {
    this.connection = connection;
    this.copying = connection.unwrap(PGConnection.class).getCopyAPI();
  }

  static EqualTable create(DataSource superuser) throws SQLException {
    Connection connection = superuser.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
      return new EqualTable(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /// Copies each batch in a transaction of its own.
  ///
  /// @return the rows that went in each second
  double copy(List<List<Call>> batches) throws SQLException, IOException {
    Instant receivedAt = Instant.now();
    List<byte[]> texts = new ArrayList<>();
    for (List<Call> batch : batches) {
      StringBuilder text = new StringBuilder();
      batch.forEach(call -> text.append(call.rows(receivedAt)));
      texts.add(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    long rows = 0;
    long begin = System.nanoTime();
    for (byte[] text : texts) {
      rows += copying.copyIn("copy bench.pings from stdin", new ByteArrayInputStream(text), 65_536);
    }
    return rows * 1e9 / (System.nanoTime() - begin);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
