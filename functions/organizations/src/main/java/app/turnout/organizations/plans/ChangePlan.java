package app.turnout.organizations.plans;

import app.turnout.organizations.tenants.Organization;
import app.turnout.organizations.tenants.OrganizationRepository;
import app.turnout.platform.audit.AuditEntry;
import app.turnout.platform.audit.AuditLog;
import app.turnout.platform.http.ExpectedVersion;
import app.turnout.platform.plans.Plan;
import app.turnout.platform.plans.Subscription;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.Caller;
import app.turnout.platform.security.Role;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Changes an organization's plan. Nothing is paid for plans here, so an owner may only go down;
/// what goes up or on for longer, an administrator of the platform does. Whatever is over a lower
/// plan's limits stays; there can be no more of it.
@Singleton
final class ChangePlan {
  @Serdeable
  record Told(Plan plan, @Nullable OffsetDateTime validUntil) {
    static Told of(Subscription subscription) {
      Instant until = subscription.validUntil();
      return new Told(subscription.plan(), until == null ? null : until.atOffset(ZoneOffset.UTC));
    }
  }

  private final OrganizationRepository organizations;
  private final AuditLog auditLog;
  private final InstantSource time;

  ChangePlan(OrganizationRepository organizations, AuditLog auditLog, InstantSource time) {
    this.organizations = organizations;
    this.auditLog = auditLog;
    this.time = time;
  }

  /// Throws `above_own_role` for what only an administrator of the platform may do.
  Organization change(Caller.Member caller, ExpectedVersion expected, Subscription wanted) {
    Organization before = organizations.lock(caller.organization(), caller.role());
    expected.mustBe(before.version());
    Subscription allowed =
        caller.role() == Role.SUPER_ADMIN ? wanted : lowered(before.subscription(), wanted);
    Organization after = organizations.keep(before.with(allowed), time.instant());
    auditLog.record(
        new AuditEntry(
            before.id(),
            "organization.plan_changed",
            "organization",
            before.id().value(),
            Told.of(before.subscription()),
            Told.of(after.subscription())));
    return after;
  }

  /// The end stays where it is, else a plan that has ended would come back as a lower one that has
  /// not.
  private static Subscription lowered(Subscription present, Subscription wanted) {
    if (wanted.plan().isAbove(present.plan())) {
      throw new ProblemException(
          ProblemType.ABOVE_OWN_ROLE, "Only an administrator of the platform gives a higher plan");
    }
    if (wanted.validUntil() != null && !Objects.equals(wanted.validUntil(), present.validUntil())) {
      throw new ProblemException(
          ProblemType.ABOVE_OWN_ROLE,
          "Only an administrator of the platform sets how long it is valid");
    }
    return wanted.plan() == Plan.FREE
        ? new Subscription(Plan.FREE, null)
        : new Subscription(wanted.plan(), present.validUntil());
  }
}
