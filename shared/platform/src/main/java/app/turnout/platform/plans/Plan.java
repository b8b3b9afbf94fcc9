package app.turnout.platform.plans;

import java.util.Locale;

/// What a tenant pays for, from the least to the most.
public enum Plan {
  FREE,
  BASIC,
  PROFESSIONAL,
  ENTERPRISE;

  /// Whether it gives more than another.
  public boolean isAbove(Plan other) {
    return compareTo(other) > 0;
  }

  /// The wire and stored value, lower snake case.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Plan fromWire(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
