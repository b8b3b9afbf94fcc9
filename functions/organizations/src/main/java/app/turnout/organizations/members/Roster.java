package app.turnout.organizations.members;

import app.turnout.domain.OrganizationId;
import app.turnout.organizations.tenants.OrganizationRepository;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.Role;
import jakarta.inject.Singleton;

/// Holds the members of an organization still until the transaction ends: what is decided by
/// somebody's role, or by how many owners there are, is still so when it is written. Whoever
/// changes members, invitations or ownership begins here.
@Singleton
public final class Roster {
  private final Database database;
  private final OrganizationRepository organizations;
  private final MemberRepository members;

  Roster(Database database, OrganizationRepository organizations, MemberRepository members) {
    this.database = database;
    this.organizations = organizations;
    this.members = members;
  }

  /// What the caller may do now that everybody else waits: between being let in and this, they may
  /// have become less, or nobody. Throws `forbidden` when they lost the permission.
  public Authority lock(Caller.Member caller, Permission needed) {
    organizations.lock(caller.organization(), caller.role());
    Authority now = new Authority(role(caller));
    if (!needed.isGrantedTo(now.role())) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, needed.wire() + " is not granted to " + now.role().wire());
    }
    return now;
  }

  /// The same for somebody who is about to become a member. Throws `organization_closing` when it
  /// is being deleted.
  public void lock(OrganizationId organization) {
    organizations.lock(organization, Role.ORG_VIEWER);
    boolean isClosing =
        database
            .handle()
            .createQuery(
                """
                select deletion_due_at is not null
                from organizations
                where id = :organization
                """)
            .bind("organization", organization.value())
            .mapTo(Boolean.class)
            .one();
    if (isClosing) {
      throw new ProblemException(
          ProblemType.ORGANIZATION_CLOSING, "The organization is being deleted");
    }
  }

  private Role role(Caller.Member caller) {
    if (caller.role() == Role.SUPER_ADMIN) {
      return Role.SUPER_ADMIN;
    }
    return members
        .find(caller.organization(), caller.user())
        .map(member -> member.role().role())
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.FORBIDDEN,
                    "The caller is not a member of the organization any more"));
  }
}
