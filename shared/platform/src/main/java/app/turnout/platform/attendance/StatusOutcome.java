package app.turnout.platform.attendance;

/// What came of a change of status.
public sealed interface StatusOutcome {
  record Changed(ParticipantStatus from, ParticipantStatus to) implements StatusOutcome {}

  /// It was so already.
  record Unchanged(ParticipantStatus status) implements StatusOutcome {}

  /// No rule leads there.
  record Illegal(ParticipantStatus from, ParticipantStatus to) implements StatusOutcome {}

  record NoSuchParticipant() implements StatusOutcome {}
}
