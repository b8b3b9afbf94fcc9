package app.turnout.runner.schedule;

import app.turnout.runner.template.ScheduleSpec;
import app.turnout.stores.LocalAws;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// What a schedule sends.
final class ScheduleEvent {
  private static final JsonMapper JSON = new JsonMapper();

  private ScheduleEvent() {}

  /// The given input, else the event that the schedule's kind sends.
  static String of(ScheduleSpec schedule, Instant tick) {
    return schedule.input().orElseGet(() -> event(schedule, tick));
  }

  private static String event(ScheduleSpec schedule, Instant tick) {
    boolean isRule = schedule.kind() == ScheduleSpec.Kind.RULE;
    String account = LocalAws.REGION + ":" + LocalAws.ACCOUNT;
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "0");
    event.put("id", UUID.randomUUID().toString());
    event.put("detail-type", "Scheduled Event");
    event.put("source", isRule ? "aws.events" : "aws.scheduler");
    event.put("account", LocalAws.ACCOUNT);
    event.put("time", tick.truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", LocalAws.REGION);
    event
        .putArray("resources")
        .add(
            isRule
                ? "arn:aws:events:" + account + ":rule/" + schedule.id()
                : "arn:aws:scheduler:" + account + ":schedule/default/" + schedule.id());
    if (isRule) {
      event.putObject("detail");
    } else {
      event.put("detail", "{}");
    }
    return event.toString();
  }
}
