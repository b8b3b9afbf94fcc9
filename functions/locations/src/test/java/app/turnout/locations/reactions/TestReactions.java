package app.turnout.locations.reactions;

import app.turnout.platform.reactions.AreaEvent;
import app.turnout.platform.reactions.AreaEventHandler;
import io.micronaut.context.ApplicationContext;

/// The function `locations-events`, for tests of what it leaves.
public final class TestReactions {
  private TestReactions() {}

  public static void handle(ApplicationContext context, AreaEvent event) {
    context.getBeansOfType(AreaEventHandler.class).stream()
        .filter(handler -> handler.kind().equals(event.kind()))
        .findFirst()
        .orElseThrow()
        .handle(event, () -> true);
  }
}
