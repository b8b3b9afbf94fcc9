package app.turnout.bench;

import app.turnout.bench.cold.ColdCall;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What each HTTP function is asked first: a token and one row where it has such a route.
final class FirstRequests {
  private FirstRequests() {}

  static List<ColdCall> of(Stage stage) {
    String event = stage.event().toString();
    String organization = stage.organization().toString();
    String token = stage.accessToken();
    return List.of(
        get(
            "EventsFunction",
            "/api/v1/events/" + event,
            Map.of("event_id", event),
            token,
            "an event"),
        get(
            "EtaFunction",
            "/api/v1/eta/events/" + event,
            Map.of("event_id", event),
            token,
            "arrival times"),
        new ColdCall(
            "LiveTicketsFunction",
            "POST",
            "/api/v1/live/tickets",
            Map.of(),
            token,
            new JsonMapper().createObjectNode().put("event_id", event).toString(),
            "a live ticket"),
        get("CatalogueFunction", "/api/v1/catalogue/events", Map.of(), null, "public events"),
        get("ConsoleFunction", "/api/docs", Map.of(), null, "a page, no row"),
        get("OperationsFunction", "/health", Map.of(), null, "health"),
        get("IdentityFunction", "/api/v1/users/profile", Map.of(), token, "a profile"),
        get(
            "OrganizationsFunction",
            "/api/v1/organizations/" + organization,
            Map.of("organization_id", organization),
            token,
            "an organization"),
        get(
            "ParticipantsFunction",
            "/api/v1/events/" + event + "/participants",
            Map.of("event_id", event),
            token,
            "a guest list"),
        get(
            "LocationsFunction",
            "/api/v1/events/" + event + "/locations/latest",
            Map.of("event_id", event),
            token,
            "latest positions"));
  }

  private static ColdCall get(
      String function,
      String path,
      Map<String, String> parameters,
      @Nullable String token,
      String does) {
    return new ColdCall(function, "GET", path, parameters, token, null, does);
  }
}
