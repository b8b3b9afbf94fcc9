package app.turnout.organizations.tenants;

import app.turnout.platform.http.HttpFunction;

/// The function `organizations`.
public final class OrganizationsFunction extends HttpFunction {}
