package app.turnout.organizations.tenants;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.Role;
import app.turnout.platform.security.SuperAdminWatch;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Singleton;

/// Lets somebody who is signed in act in an organization that their token need not name: what
/// members do with their own membership, and what they see of it. Administrators of the platform
/// come in too, and are watched.
@Singleton
public final class EnterOrganization {
  private final Database database;
  private final SuperAdminWatch superAdminWatch;

  EnterOrganization(Database database, SuperAdminWatch superAdminWatch) {
    this.database = database;
    this.superAdminWatch = superAdminWatch;
  }

  /// Throws `not_found` when it is another tenant's.
  public Caller.Member enter(Caller.User user, OrganizationId organization) {
    Caller.Member member =
        database
            .handle()
            .createQuery("select role from enter_organization(:user, :session, :organization)")
            .bind("user", user.user().value())
            .bind("session", user.session())
            .bind("organization", organization.value())
            .mapTo(String.class)
            .findOne()
            .map(
                role ->
                    new Caller.Member(
                        user.user(), user.session(), organization, Role.fromWire(role)))
            .orElseThrow(() -> ProblemException.notFound("organization"));
    if (member.role() == Role.SUPER_ADMIN) {
      ServerRequestContext.currentRequest()
          .ifPresent(request -> superAdminWatch.acts(member, request));
    }
    return member;
  }
}
