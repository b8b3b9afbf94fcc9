package app.turnout.events.calendar;

import app.turnout.platform.json.Texts;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.Open;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

@Controller("/api/v1/catalogue")
class CalendarController {
  private static final String ICALENDAR = "text/calendar";
  private static final String CACHED = "public, max-age=300, stale-while-revalidate=3600";
  private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{1,100}");

  private final CalendarRepository calendars;
  private final String publicUrl;
  private final InstantSource time;

  CalendarController(
      CalendarRepository calendars,
      @Value("${turnout.public-url}") String publicUrl,
      InstantSource time) {
    this.calendars = calendars;
    this.publicUrl = publicUrl;
    this.time = time;
  }

  /// One public or unlisted event as iCalendar (RFC 5545), by its id or its slug: an address that
  /// calendar programs subscribe to. What is cancelled stays in it, and is said to be.
  @Get("/events/{event}/calendar.ics")
  @Produces(ICALENDAR)
  @Open
  HttpResponse<String> ofEvent(@PathVariable("event") String event) {
    CalendarEvent found = find(event).orElseThrow(() -> ProblemException.notFound("event"));
    return answer(found.title(), List.of(found));
  }

  /// An organization's public events as iCalendar (RFC 5545): an address that calendar programs
  /// subscribe to. Events that ended more than a year ago are not in it. It is empty where nothing
  /// is public.
  @Get("/organizations/{organization_id}/calendar.ics")
  @Produces(ICALENDAR)
  @Open
  HttpResponse<String> ofOrganization(@PathVariable("organization_id") UUID organizationId) {
    List<CalendarEvent> events = calendars.ofOrganization(organizationId, yearAgo());
    return answer(events.isEmpty() ? "" : events.getFirst().organizationName(), events);
  }

  private HttpResponse<String> answer(String name, List<CalendarEvent> events) {
    return HttpResponse.ok(Calendar.of(name, events, publicUrl))
        .header(HttpHeaders.CONTENT_TYPE, ICALENDAR + "; charset=utf-8")
        .header(HttpHeaders.CACHE_CONTROL, CACHED);
  }

  private Optional<CalendarEvent> find(String event) {
    try {
      return calendars.find(Texts.uuid(event));
    } catch (IllegalArgumentException e) {
      return SLUG.matcher(event).matches() ? calendars.find(event) : Optional.empty();
    }
  }

  /// By whole days: what is the same is the same all day.
  private Instant yearAgo() {
    return time.instant()
        .atOffset(ZoneOffset.UTC)
        .minusYears(1)
        .truncatedTo(ChronoUnit.DAYS)
        .toInstant();
  }
}
