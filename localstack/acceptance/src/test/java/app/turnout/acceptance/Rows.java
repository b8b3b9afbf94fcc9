package app.turnout.acceptance;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// All that the product's database holds, as its superuser sees it: to be compared, and put back.
final class Rows implements AutoCloseable {
  /// Tables that the work of queues changes at any time, by their owner, and what of them holds
  /// still; nothing does of positions.
  private static final Map<String, Optional<String>> BUSY =
      Map.of("platform.outbox", Optional.of("count(*)::text"), "locations", Optional.empty());

  /// @param columns all but those that are computed, comma-separated
  private record Table(String name, String owner, String columns) {}

  private final Connection connection;
  private final Map<String, Table> tables = new TreeMap<>();
  private final String digest;
  private final Map<String, String> kept = new TreeMap<>();

  /// Where the write-ahead log ended at the last look, and what had changed by then: as long as it
  /// ends there, nothing else has.
  private String lookedAt = "";

  private Set<String> seen = Set.of();

  Rows(DataSource superuser) {
    try {
      this.connection = superuser.getConnection();
      // To start workers takes longer than to read all of it.
      execute("set max_parallel_workers_per_gather = 0");
      for (List<@Nullable String> row :
          query(
              """
              select c.relname,
                     regexp_replace(obj_description(c.oid), '^owner: ([a-z.]+).*$', '\\1'),
                     (select string_agg(format('%I', a.attname), ', ' order by a.attnum)
                      from pg_attribute a
                      where a.attrelid = c.oid
                        and a.attnum > 0
                        and not a.attisdropped
                        and a.attgenerated = '')
              from pg_class c
              where c.relnamespace = 'public'::regnamespace
                and c.relkind in ('r', 'p')
                and not c.relispartition
                and c.relname <> 'flyway_schema_history'
              """)) {
        String name = Objects.requireNonNull(row.get(0));
        tables.put(
            name, new Table(name, String.valueOf(row.get(1)), Objects.requireNonNull(row.get(2))));
      }
      this.digest =
          tables.values().stream()
              .flatMap(
                  table ->
                      still(table).stream()
                          .map(
                              value ->
                                  "select '%1$s', %2$s from %1$s t".formatted(table.name(), value)))
              .collect(Collectors.joining(" union all "));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The tables that changed since everything was kept, or since the last of these calls for those
  /// that queues work on.
  Set<String> changed() {
    String logEnd =
        String.valueOf(query("select pg_current_wal_insert_lsn()").getFirst().getFirst());
    if (logEnd.equals(lookedAt)) {
      return seen;
    }
    Set<String> changed = new TreeSet<>();
    state()
        .forEach(
            (table, digest) -> {
              if (!digest.equals(kept.get(table))) {
                changed.add(table);
                if (isBusy(table)) {
                  kept.put(table, digest);
                }
              }
            });
    lookedAt = logEnd;
    seen = changed.stream().filter(table -> !isBusy(table)).collect(Collectors.toSet());
    return changed;
  }

  private boolean isBusy(String table) {
    return isBusy(Objects.requireNonNull(tables.get(table)));
  }

  /// No queue writes devices.
  private static boolean isBusy(Table table) {
    return BUSY.containsKey(table.owner()) && !table.name().equals("participant_devices");
  }

  /// What to look at to tell whether a table changed.
  private static Optional<String> still(Table table) {
    return isBusy(table)
        ? Objects.requireNonNull(BUSY.get(table.owner()))
        : Optional.of("md5(string_agg(t::text, ' ' order by t::text))");
  }

  private Map<String, String> state() {
    Map<String, String> state = new TreeMap<>();
    query(digest)
        .forEach(row -> state.put(Objects.requireNonNull(row.get(0)), String.valueOf(row.get(1))));
    return state;
  }

  /// Who owns a table, as its comment says.
  String owner(String table) {
    return Objects.requireNonNull(tables.get(table)).owner();
  }

  boolean has(String table) {
    return tables.containsKey(table);
  }

  boolean has(String table, String column) {
    return has(table)
        && List.of(Objects.requireNonNull(tables.get(table)).columns().split(", ", -1))
            .contains(column);
  }

  Set<String> tables() {
    return tables.keySet();
  }

  /// Keeps a copy of everything, in a schema called `kept`.
  void keep() {
    forget();
    execute("create schema kept");
    for (Table table : tables.values()) {
      execute("create table kept.%1$s as table public.%1$s".formatted(table.name()));
    }
    kept.putAll(state());
  }

  /// Puts back what was kept, but in the tables that queues work on.
  void restore() {
    List<Table> restored = new ArrayList<>();
    for (String table : changed()) {
      if (!isBusy(table)) {
        restored.add(Objects.requireNonNull(tables.get(table)));
      }
    }
    if (restored.isEmpty()) {
      return;
    }
    try {
      connection.setAutoCommit(false);
      // No foreign keys meanwhile: each table is put back by itself.
      execute("set local session_replication_role = replica");
      for (Table table : restored) {
        execute("delete from " + table.name());
        execute(
            "insert into %1$s (%2$s) overriding system value select %2$s from kept.%1$s"
                .formatted(table.name(), table.columns()));
      }
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// From now on, what is written to the outbox waits there: what queues do with it later would
  /// change rows while others are asked.
  void holdBackMessages() {
    execute(
        """
        create or replace function public.hold_back() returns trigger language plpgsql as $$
        begin
          new.next_attempt_at := new.next_attempt_at + interval '1 year';
          return new;
        end $$
        """);
    execute(
        """
        create or replace trigger hold_back before insert on public.outbox_messages
        for each row execute function public.hold_back()
        """);
  }

  private void forget() {
    execute("drop schema if exists kept cascade");
  }

  /// Every row of a query, with `?` for parameters.
  List<List<@Nullable String>> query(String sql, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (result.next()) {
          List<@Nullable String> row = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(result.getString(i));
          }
          rows.add(row);
        }
        return rows;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// Changes rows, with `?` for parameters.
  void update(String sql, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// A row that is like another of its table but for these columns.
  void insertLike(String table, String where, Map<String, Object> columns) {
    Map<String, Object> values = new LinkedHashMap<>(columns);
    String pairs =
        values.keySet().stream()
            .map(column -> "'" + column + "', ?")
            .collect(Collectors.joining(", "));
    update(
        """
        insert into %1$s
        select (jsonb_populate_record(t, jsonb_build_object(%2$s))).*
        from %1$s t
        where %3$s
        """
            .formatted(table, pairs, where),
        values.values().toArray());
  }

  private void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// Forgets the copies, and holds nothing back any more.
  @Override
  public void close() {
    forget();
    execute("drop trigger if exists hold_back on public.outbox_messages");
    execute("drop function if exists public.hold_back()");
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
