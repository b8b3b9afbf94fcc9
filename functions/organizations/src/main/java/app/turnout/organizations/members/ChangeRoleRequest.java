package app.turnout.organizations.members;

import io.micronaut.serde.annotation.Serdeable;

/// The role that a member is to have.
@Serdeable
record ChangeRoleRequest(MemberRole role) {}
