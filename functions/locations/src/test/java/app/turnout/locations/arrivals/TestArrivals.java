package app.turnout.locations.arrivals;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.micronaut.context.ApplicationContext;

/// The function `arrivals`, for tests of what it finds.
public final class TestArrivals {
  private TestArrivals() {}

  public static void run(ApplicationContext context) {
    new ArrivalsFunction(context).handleRequest(new ScheduledEvent(), null);
  }
}
