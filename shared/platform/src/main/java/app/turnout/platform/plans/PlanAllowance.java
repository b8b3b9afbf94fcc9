package app.turnout.platform.plans;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.platform.persistence.Database;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/// What a tenant's plan still allows. What is limited is counted under a lock that the transaction
/// holds until it ends, so that of two who want the last place one gets it. The tenant must have
/// been entered.
@Singleton
public final class PlanAllowance {
  private final Database database;
  private final InstantSource time;
  private final Map<Plan, PlanLimits> limits = new EnumMap<>(Plan.class);

  PlanAllowance(Database database, InstantSource time, List<PlanLimits> limits) {
    this.database = database;
    this.time = time;
    limits.forEach(each -> this.limits.put(Plan.fromWire(each.plan()), each));
    for (Plan plan : Plan.values()) {
      if (!this.limits.containsKey(plan)) {
        throw new IllegalStateException("turnout.plans." + plan.wire() + " is not set");
      }
    }
  }

  /// The limits that a subscription gives at an instant.
  public PlanLimits limits(Subscription subscription, Instant now) {
    return Optional.ofNullable(limits.get(subscription.effectiveAt(now))).orElseThrow();
  }

  /// How many events count: drafts and published ones whose last date is still to end.
  public int countEvents(OrganizationId organization, Instant now) {
    return database
        .handle()
        .createQuery(
            """
            select count(*)
            from events e
            where e.organization_id = :organization
              and e.status not in ('completed', 'cancelled')
              and exists (
                select from occurrences o
                where o.event_id = e.id
                  and o.ends_at > :now)
            """)
        .bind("organization", organization.value())
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .mapTo(Integer.class)
        .one();
  }

  /// Refuses one event too many: `plan_limit_reached`.
  public void mustAllowEvent(OrganizationId organization) {
    Instant now = time.instant();
    int most = lock(organization, now).events();
    if (countEvents(organization, now) >= most) {
      throw reached(most + " events that are not over");
    }
  }

  /// Refuses participants too many at one date of an event: `plan_limit_reached`.
  ///
  /// @param more who are to be added in this transaction, none of them yet
  public void mustAllowParticipants(
      OrganizationId organization, OccurrenceId occurrence, int more) {
    int most = lock(organization, time.instant()).participantsPerEvent();
    if (countParticipants(occurrence) + more > most) {
      throw reached(most + " participants an event");
    }
  }

  /// How many more participants the plan allows at one date of an event.
  public int participantsLeft(OrganizationId organization, OccurrenceId occurrence) {
    int most = lock(organization, time.instant()).participantsPerEvent();
    return Math.max(0, most - countParticipants(occurrence));
  }

  /// Refuses members too many of an event's roster: more than one date may have.
  ///
  /// @param present how many there are, asked for while nobody else adds any
  public void mustAllowRosterMember(OrganizationId organization, IntSupplier present) {
    int most = lock(organization, time.instant()).participantsPerEvent();
    if (present.getAsInt() >= most) {
      throw reached(most + " participants an event");
    }
  }

  private int countParticipants(OccurrenceId occurrence) {
    return database
        .handle()
        .createQuery(
            """
            select count(*)
            from participants
            where occurrence_id = :occurrence
            """)
        .bind("occurrence", occurrence.value())
        .mapTo(Integer.class)
        .one();
  }

  private PlanLimits lock(OrganizationId organization, Instant now) {
    database
        .handle()
        .createQuery("select pg_advisory_xact_lock(hashtextextended('plan ' || :organization, 0))")
        .bind("organization", organization.toString())
        .mapTo(String.class)
        .one();
    return limits(subscription(organization), now);
  }

  /// The plan that the tenant has.
  public Subscription subscription(OrganizationId organization) {
    return database
        .handle()
        .createQuery(
            """
            select plan, plan_valid_until
            from organizations
            where id = :organization
            """)
        .bind("organization", organization.value())
        .map(
            (row, context) -> {
              OffsetDateTime until = row.getObject("plan_valid_until", OffsetDateTime.class);
              return new Subscription(
                  Plan.fromWire(row.getString("plan")), until == null ? null : until.toInstant());
            })
        .one();
  }

  private static ProblemException reached(String limit) {
    return new ProblemException(
        ProblemType.PLAN_LIMIT_REACHED, "The plan allows " + limit + ", and there are as many");
  }
}
