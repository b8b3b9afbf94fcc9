package app.turnout.live;

import app.turnout.platform.security.Caller;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who watches, as it is kept while they do: enough to look up whether they still may, and no
/// token.
///
/// @param id of the user, the key or the link
/// @param session that the user came by; null for others
public record Watcher(Kind kind, UUID id, @Nullable UUID session) {
  /// What they came by.
  public enum Kind {
    USER,
    API_KEY,
    LINK;

    /// The stored value, lower snake case.
    String stored() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind ofStored(String stored) {
      return valueOf(stored.toUpperCase(Locale.ROOT));
    }
  }

  /// The kind as statements have it.
  public String storedKind() {
    return kind.stored();
  }

  /// Empty for a caller who cannot watch.
  public static Optional<Watcher> of(Caller caller) {
    return switch (caller) {
      case Caller.Member member ->
          Optional.of(new Watcher(Kind.USER, member.user().value(), member.session()));
      case Caller.ApiKey key -> Optional.of(new Watcher(Kind.API_KEY, key.id(), null));
      case Caller.Link link -> Optional.of(new Watcher(Kind.LINK, link.link(), null));
      case Caller.User _, Caller.Device _ -> Optional.empty();
    };
  }
}
