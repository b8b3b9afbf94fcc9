package app.turnout.organizations;

/// What kind of tenant it is.
public enum OrganizationType {
  SCHOOL,
  ENTERPRISE,
  EVENT
}
