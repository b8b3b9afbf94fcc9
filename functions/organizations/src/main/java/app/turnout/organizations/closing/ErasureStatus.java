package app.turnout.organizations.closing;

import app.turnout.platform.erasure.Erasure;

/// How far an erasure is.
public enum ErasureStatus {
  /// It can be taken back.
  WAITING,

  /// It was taken back.
  CANCELLED,
  ERASING,
  COMPLETED;

  static ErasureStatus of(Erasure erasure) {
    if (erasure.cancelledAt() != null) {
      return CANCELLED;
    }
    if (erasure.completedAt() != null) {
      return COMPLETED;
    }
    return erasure.beganAt() == null ? WAITING : ERASING;
  }
}
