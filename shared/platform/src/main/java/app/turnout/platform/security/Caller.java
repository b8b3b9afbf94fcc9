package app.turnout.platform.security;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import app.turnout.domain.UserId;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who is calling, once let in.
public sealed interface Caller {
  /// Names the caller in what is kept per caller.
  String key();

  /// The tenant that the caller acts in; null for [User].
  @Nullable OrganizationId organization();

  /// Somebody with an account, in no organization.
  record User(UserId user, UUID session) implements Caller {
    @Override
    public String key() {
      return "user:" + user;
    }

    @Override
    public @Nullable OrganizationId organization() {
      return null;
    }
  }

  /// Somebody with an account, acting in an organization by a role that was read just now;
  /// [Role#SUPER_ADMIN] in any.
  record Member(UserId user, UUID session, OrganizationId organization, Role role)
      implements Caller {
    @Override
    public String key() {
      return "user:" + user;
    }
  }

  /// A program of the organization's, by an API key that carries these permissions.
  record ApiKey(UUID id, OrganizationId organization, Set<Permission> permissions)
      implements Caller {
    public ApiKey {
      permissions = Set.copyOf(permissions);
    }

    @Override
    public String key() {
      return "api_key:" + id;
    }
  }

  /// The holder of a participant's link: that one participant of that one occurrence.
  record Link(
      UUID link,
      OrganizationId organization,
      EventId event,
      OccurrenceId occurrence,
      ParticipantId participant)
      implements Caller {
    @Override
    public String key() {
      return "link:" + link;
    }
  }

  /// A device of a participant's: it sends where that one participant is, and may do nothing else.
  record Device(
      UUID device,
      OrganizationId organization,
      EventId event,
      OccurrenceId occurrence,
      ParticipantId participant)
      implements Caller {
    @Override
    public String key() {
      return "device:" + device;
    }
  }
}
