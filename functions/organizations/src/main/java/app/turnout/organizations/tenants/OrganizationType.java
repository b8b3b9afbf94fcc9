package app.turnout.organizations.tenants;

/// What kind of tenant it is.
public enum OrganizationType {
  SCHOOL,
  ENTERPRISE,
  EVENT
}
