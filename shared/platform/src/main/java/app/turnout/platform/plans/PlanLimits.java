package app.turnout.platform.plans;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;

/// How much of each thing a tenant may have on one plan: `turnout.plans.<plan>.<limit>`, as the
/// platform's `application.properties` has them.
///
/// @param plan that they are the limits of
/// @param events that are not over, at once
/// @param participantsPerEvent expected at one date of an event
/// @param messagesPerMonth sent in a calendar month
/// @param whatsappSessions of the gateway, at once
@EachProperty("turnout.plans")
public record PlanLimits(
    @Parameter String plan,
    int events,
    int participantsPerEvent,
    int messagesPerMonth,
    int whatsappSessions) {
  public PlanLimits {
    if (events < 0 || participantsPerEvent < 0 || messagesPerMonth < 0 || whatsappSessions < 0) {
      throw new IllegalArgumentException("A limit of " + plan + " is below 0");
    }
  }
}
