package app.turnout.live;

import app.turnout.domain.ParticipantId;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.Role;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;

/// What somebody who watches may do now.
public sealed interface WatcherRights {
  /// As a member, by their role.
  record ByRole(Role role) implements WatcherRights {
    @Override
    public boolean mayWatch() {
      return Permission.POSITIONS_READ.isGrantedTo(role);
    }
  }

  /// As a program.
  record ByKey(boolean mayWatch) implements WatcherRights {}

  /// As a participant.
  record ByLink(ParticipantId participant) implements WatcherRights {
    @Override
    public boolean mayWatch() {
      return true;
    }
  }

  /// Whether they may be told anything.
  boolean mayWatch();

  /// Of a row with `role`, `permissions` and `participant_id`, two of them null.
  static WatcherRights read(ResultSet row) throws SQLException {
    String role = row.getString("role");
    if (role != null) {
      return new ByRole(Role.fromWire(role));
    }
    Array permissions = row.getArray("permissions");
    if (permissions != null) {
      return new ByKey(
          Arrays.asList((String[]) permissions.getArray())
              .contains(Permission.POSITIONS_READ.wire()));
    }
    return new ByLink(new ParticipantId(row.getObject("participant_id", UUID.class)));
  }
}
