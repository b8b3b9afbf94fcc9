package app.turnout.testing;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Connections that are as new, without what it costs to make one: 10 ms of this JVM's own time,
/// measured, where the statement takes 0.6 ms. What was closed is rolled back, forgets all that its
/// session knew, and is given out again; as many as are open at once are made.
final class KeptConnections implements DataSource, AutoCloseable {
  private final DataSource source;
  private final Deque<Connection> idle = new ArrayDeque<>();

  KeptConnections(DataSource source) {
    this.source = source;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = take();
    while (connection != null && !connection.isValid(1)) {
      connection.close();
      connection = take();
    }
    return open(connection == null ? source.getConnection() : connection);
  }

  private synchronized @Nullable Connection take() {
    return idle.pollLast();
  }

  private Connection open(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            KeptConnections.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new Lent(connection));
  }

  private void giveBack(Connection connection) throws SQLException {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      connection.setReadOnly(false);
      connection.clearWarnings();
      try (Statement statement = connection.createStatement()) {
        statement.execute("discard all");
      }
    } catch (SQLException e) {
      // It broke, as tests may want it to.
      connection.close();
      return;
    }
    synchronized (this) {
      idle.addLast(connection);
    }
  }

  /// A connection until it is closed.
  private final class Lent implements InvocationHandler {
    private final Connection connection;
    private boolean isClosed;

    Lent(Connection connection) {
      this.connection = connection;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      switch (method.getName()) {
        case "close" -> {
          if (!isClosed) {
            isClosed = true;
            giveBack(connection);
          }
          return null;
        }
        case "isClosed" -> {
          return isClosed || connection.isClosed();
        }
        default -> {
          if (isClosed && method.getDeclaringClass() != Object.class) {
            throw new SQLException("This connection is closed");
          }
          try {
            return method.invoke(connection, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        }
      }
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    while (!idle.isEmpty()) {
      idle.removeLast().close();
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter writer) throws SQLException {
    source.setLogWriter(writer);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return source.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("Wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
