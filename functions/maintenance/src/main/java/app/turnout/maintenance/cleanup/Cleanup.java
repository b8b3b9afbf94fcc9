package app.turnout.maintenance.cleanup;

import app.turnout.maintenance.PingPartitions;
import app.turnout.platform.erasure.ErasureSteps;
import app.turnout.platform.metrics.Measures;
import app.turnout.platform.metrics.Metric;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One round of cleaning up. Each step is a transaction of its own: one that fails does not undo
/// the others, fails the round and is tried again in the next.
@Singleton
final class Cleanup {
  private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);

  private static final int PING_DAYS_KEPT = 90;
  private static final int PING_DAYS_UNCOMPRESSED = 7;
  private static final Duration IDEMPOTENCY_KEYS_KEPT = Duration.ofHours(24);

  /// The former address is told of a change, and the mail may wait for the mail server.
  private static final Duration EMAIL_CHANGES_KEPT = Duration.ofDays(7);

  /// As long as `identity` gives them back.
  private static final Duration DEACTIVATED_ACCOUNTS_KEPT = Duration.ofDays(30);

  private static final Duration SENT_MESSAGES_KEPT = Duration.ofDays(30);

  /// For as long they can be sent again.
  private static final Duration EXPIRED_INVITATIONS_KEPT = Duration.ofDays(30);

  /// A file whose parts stopped coming holds people's data.
  private static final Duration ABANDONED_IMPORTS_KEPT = Duration.ofHours(24);

  /// A ping may come a day late, and wait in the queue.
  private static final Duration HOURS_CHANGE = Duration.ofDays(2);

  private final PingPartitions partitions;
  private final Leftovers leftovers;
  private final ErasureSteps erasures;
  private final InstantSource time;

  Cleanup(
      PingPartitions partitions, Leftovers leftovers, ErasureSteps erasures, InstantSource time) {
    this.partitions = partitions;
    this.leftovers = leftovers;
    this.erasures = erasures;
    this.time = time;
  }

  /// Throws the first failure, after every step was tried.
  void run() {
    Instant now = time.instant();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    Round round = new Round();
    round.step(
        "count pings without a partition",
        // Before they are moved: afterwards nobody would know.
        () -> Measures.add(Metric.PINGS_WITHOUT_PARTITION, (double) partitions.countWithout()));
    round.step("make partitions", () -> partitions.makeAround(today));
    round.step("summarize pings", () -> partitions.summarize(hour.minus(HOURS_CHANGE), hour));
    round.step(
        "compress pings", () -> partitions.compress(today.minusDays(PING_DAYS_UNCOMPRESSED)));
    round.step("drop pings", () -> partitions.drop(today.minusDays(PING_DAYS_KEPT)));
    round.step(
        "remove idempotency keys",
        () -> leftovers.removeIdempotencyKeys(now.minus(IDEMPOTENCY_KEYS_KEPT)));
    round.step("remove sessions", () -> leftovers.removeSessions(now));
    round.step("remove registrations", () -> leftovers.removeEmailVerifications(now));
    round.step("remove password resets", () -> leftovers.removePasswordResets(now));
    round.step(
        "remove changes of addresses",
        () -> leftovers.removeEmailChanges(now.minus(EMAIL_CHANGES_KEPT)));
    round.step(
        "remove deactivated accounts",
        () -> leftovers.removeDeactivatedAccounts(now.minus(DEACTIVATED_ACCOUNTS_KEPT)));
    round.step("remove logins by other services", () -> leftovers.removeOAuthAttempts(now));
    round.step("remove questions to owners", () -> leftovers.removeIdentityConfirmations(now));
    round.step("remove invitations of administrators", () -> leftovers.removeAdminInvitations(now));
    round.step(
        "remove invitations",
        () -> leftovers.removeInvitations(now.minus(EXPIRED_INVITATIONS_KEPT)));
    round.step(
        "remove sent messages",
        () -> leftovers.removeOutboxMessages(now.minus(SENT_MESSAGES_KEPT)));
    round.step(
        "remove imports",
        () -> leftovers.removeParticipantImports(now.minus(ABANDONED_IMPORTS_KEPT)));
    round.step("begin erasures", () -> erasures.beginDue(now));
    round.end();
  }

  private static final class Round {
    private @Nullable RuntimeException failure;

    void step(String name, Runnable work) {
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.error("Cleanup could not {}", name, e);
        failure = failure == null ? e : failure;
      }
    }

    void end() {
      if (failure != null) {
        throw failure;
      }
    }
  }
}
