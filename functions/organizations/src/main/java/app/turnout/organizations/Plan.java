package app.turnout.organizations;

/// What the tenant pays for.
public enum Plan {
  FREE,
  BASIC,
  PROFESSIONAL,
  ENTERPRISE
}
