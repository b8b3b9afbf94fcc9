package app.turnout.platform.live;

import app.turnout.domain.ParticipantId;

/// Something of a date that lasts, and that who watches must not miss. What it is like now is read
/// where it is told: who hears of two changes late, hears the same twice.
public sealed interface LiveChange {
  /// Somebody is expected now.
  record Joined(ParticipantId participant) implements LiveChange {}

  /// Somebody's name, status, consent or way of travelling changed.
  record Updated(ParticipantId participant) implements LiveChange {}

  /// Somebody is not expected any more, or not to be seen.
  record Left(ParticipantId participant, Reason reason) implements LiveChange {}

  /// The date itself changed, or the event it is one of.
  record EventChanged() implements LiveChange {}

  /// Why somebody is gone.
  enum Reason {
    REMOVED,
    CONSENT_WITHDRAWN
  }
}
