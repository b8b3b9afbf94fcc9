package app.turnout.acceptance;

import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/// What queues give out again after [CrashTest]: a consumer's batch, once its visibility timeout is
/// over, which is longer than a minute. So this comes after those that run side by side, and before
/// those that count what all have.
@Isolated
@Order(1)
class AfterTheCrashTest {
  @RegisterExtension static final RunningTurnout TURNOUT = new RunningTurnout();

  @Test
  void everyAcceptedPositionAndEveryMailComes() throws Exception {
    CrashTest.Crash crash = CrashTest.crash(TURNOUT.runner(), TURNOUT.client());
    Organiser organiser = crash.organiser().again();

    Client.await(
        () -> CrashTest.positionsOf(organiser, crash.participant()).equals(crash.positions()),
        "every accepted position",
        Duration.ofMinutes(3));
    // As the next minute's tick does.
    TURNOUT.runner().invoke("OutboxRelayFunction", "{}");
    for (String address : crash.addresses()) {
      TURNOUT.client().mailTo(address, "token=");
    }
  }
}
