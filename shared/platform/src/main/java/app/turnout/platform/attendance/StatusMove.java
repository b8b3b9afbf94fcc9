package app.turnout.platform.attendance;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How a participant's status may move: the rules, in this one place.
public enum StatusMove {
  CONFIRM(ParticipantStatus.CONFIRMED, Set.of(ParticipantStatus.PENDING, ParticipantStatus.DENIED)),
  DENY(ParticipantStatus.DENIED, Set.of(ParticipantStatus.PENDING, ParticipantStatus.CONFIRMED)),

  /// By hand; also somebody of whom it was thought too early that they would not come.
  CHECK_IN(
      ParticipantStatus.CHECKED_IN,
      Set.of(ParticipantStatus.PENDING, ParticipantStatus.CONFIRMED, ParticipantStatus.NO_SHOW)),

  /// By coming near enough, while the date lasted; that may be known only after its end.
  ARRIVE(
      ParticipantStatus.CHECKED_IN,
      Set.of(ParticipantStatus.PENDING, ParticipantStatus.CONFIRMED, ParticipantStatus.NO_SHOW)),

  /// By not having come when the date ended. Who denied said so before.
  MISS(ParticipantStatus.NO_SHOW, Set.of(ParticipantStatus.PENDING, ParticipantStatus.CONFIRMED));

  private final ParticipantStatus to;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot be changed
  private final Set<ParticipantStatus> from;

  StatusMove(ParticipantStatus to, Set<ParticipantStatus> from) {
    this.to = to;
    this.from = from;
  }

  /// Where it leads.
  public ParticipantStatus to() {
    return to;
  }

  public boolean isAllowedFrom(ParticipantStatus status) {
    return from.contains(status);
  }

  /// The stored values that it leads from.
  List<String> storedFrom() {
    return Arrays.stream(ParticipantStatus.values())
        .filter(from::contains)
        .map(status -> status.name().toLowerCase(Locale.ROOT))
        .toList();
  }
}
