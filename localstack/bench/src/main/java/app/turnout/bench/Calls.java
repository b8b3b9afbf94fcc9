package app.turnout.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Makes calls of all participants, whose pings come a second after those they sent before: no ping
/// is made twice.
final class Calls {
  private final Stage stage;
  private final Parameters parameters;
  private Instant next = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(23));

  Calls(Stage stage, Parameters parameters) {
    this.stage = stage;
    this.parameters = parameters;
  }

  /// A round's calls, each participant's in turn.
  List<Call> round() {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < parameters.callsPerParticipant(); i++) {
      for (Stage.Participant participant : stage.participants()) {
        calls.add(new Call(stage, participant, next, parameters.pingsPerCall()));
      }
      next = next.plusSeconds(parameters.pingsPerCall());
    }
    return calls;
  }

  /// A round of as many calls as that, of one ping each.
  List<Call> single() {
    return some(parameters.callsPerParticipant() * stage.participants().size(), 1);
  }

  /// Some calls, of one participant after the other.
  List<Call> some(int count, int pingsPerCall) {
    List<Call> some = new ArrayList<>();
    while (some.size() < count) {
      for (Stage.Participant participant : stage.participants()) {
        if (some.size() < count) {
          some.add(new Call(stage, participant, next, pingsPerCall));
        }
      }
      next = next.plusSeconds(pingsPerCall);
    }
    return some;
  }

  /// The same calls in lists as long as a batch of the queue.
  List<List<Call>> batches(List<Call> calls) {
    List<List<Call>> batches = new ArrayList<>();
    for (int from = 0; from < calls.size(); from += parameters.messagesPerBatch()) {
      batches.add(
          calls.subList(from, Math.min(calls.size(), from + parameters.messagesPerBatch())));
    }
    return batches;
  }
}
