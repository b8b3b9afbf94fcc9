package app.turnout.locations.writer;

import java.sql.SQLException;

/// The database did not take pings; the cause has its SQLSTATE.
final class PingStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PingStoreException(SQLException cause) {
    super(cause);
  }
}
