package app.turnout.live.tickets;

import app.turnout.domain.EventId;
import app.turnout.domain.ParticipantId;
import app.turnout.live.DateBody;
import app.turnout.live.Dates;
import app.turnout.live.EtaBody;
import app.turnout.live.PositionBody;
import app.turnout.live.ShownParticipant;
import app.turnout.live.Sight;
import app.turnout.live.Watch;
import app.turnout.live.WatchedDate;
import app.turnout.live.Watcher;
import app.turnout.live.Watches;
import app.turnout.platform.http.Cursor;
import app.turnout.platform.idempotency.StoresNothing;
import app.turnout.platform.security.CurrentCaller;
import app.turnout.platform.security.Permission;
import app.turnout.platform.security.RequiresPermission;
import app.turnout.platform.tokens.OneTimeTokens;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/live")
class LiveController {
  /// Of these, a snapshot is under 3 MB; Lambda answers with 6 MB at most.
  private static final int MOST_PARTICIPANTS = 5_000;

  private final CurrentCaller caller;
  private final OpenDate openDate;
  private final Dates dates;
  private final Watches watches;
  private final OneTimeTokens tokens;
  private final InstantSource time;
  private final String address;

  LiveController(
      CurrentCaller caller,
      OpenDate openDate,
      Dates dates,
      Watches watches,
      OneTimeTokens tokens,
      InstantSource time,
      @Value("${turnout.live.url}") String address) {
    this.caller = caller;
    this.openDate = openDate;
    this.dates = dates;
    this.watches = watches;
    this.tokens = tokens;
    this.time = time;
    this.address = address;
  }

  /// Lets the caller open one WebSocket within 30 seconds, at the address that is answered, and
  /// watch one date by it; a browser cannot send its token there. Made anew at each call.
  @Post("/tickets")
  @StoresNothing
  @RequiresPermission(value = Permission.POSITIONS_READ, orLink = true)
  @SecurityRequirement(name = "access_token")
  @SecurityRequirement(name = "link_token")
  TicketResponse ticket(@Body TicketRequest request) {
    WatchedDate date =
        openDate.open(new EventId(request.eventId()), request.occurrenceId(), time.instant());
    Watcher watcher =
        Watcher.of(caller.get())
            .orElseThrow(() -> new IllegalStateException("The caller cannot watch"));
    String ticket = tokens.next();
    Instant end =
        watches.keepTicket(
            ticket, new Watch(date.organization(), date.event(), date.occurrence(), watcher));
    return new TicketResponse(
        ticket,
        date.event().value(),
        date.occurrence().value(),
        address + "?ticket=" + ticket,
        end.atOffset(ZoneOffset.UTC));
  }

  /// What a date is like now: who is expected, where they are, and when they will be there as it
  /// was found last. A watcher subscribes first, fetches this, and applies what comes with a higher
  /// `sequence`. A participant's link is shown others only where the event shows positions to
  /// participants, and both agreed to that. More than 5,000 participants come in parts.
  @Get("/events/{event_id}")
  @RequiresPermission(value = Permission.POSITIONS_READ, orLink = true)
  @SecurityRequirement(name = "access_token")
  @SecurityRequirement(name = "link_token")
  SnapshotResponse snapshot(
      @PathVariable("event_id") UUID eventId,
      @QueryValue("occurrence_id") @Nullable UUID occurrenceId,
      @QueryValue("cursor") @Nullable String cursor) {
    UUID after = cursor == null ? null : Cursor.decode(cursor, UUID.class).uuid(0);
    Instant now = time.instant();
    // Its sequence is read before its participants are: what they are may be newer, never older.
    WatchedDate date = openDate.open(new EventId(eventId), occurrenceId, now);
    Sight sight = openDate.sight(date);
    List<ShownParticipant> found =
        sight instanceof Sight.Own(ParticipantId own)
            ? dates.list(date, List.of(own))
            : dates.list(date, after, MOST_PARTICIPANTS + 1);
    List<ShownParticipant> part = found.subList(0, Math.min(found.size(), MOST_PARTICIPANTS));
    return new SnapshotResponse(
        date.event().value(),
        date.occurrence().value(),
        date.sequence(),
        now.atOffset(ZoneOffset.UTC),
        DateBody.of(date),
        part.stream()
            .filter(
                participant ->
                    sight.shows(
                        participant.id(),
                        participant.isShared() ? Set.of(participant.id()) : Set.of()))
            .map(participant -> response(participant, date, now))
            .toList(),
        found.size() > part.size() ? Cursor.of(part.getLast().id().value()).encode() : null);
  }

  private static SnapshotParticipantResponse response(
      ShownParticipant participant, WatchedDate date, Instant now) {
    return new SnapshotParticipantResponse(
        participant.id().value(),
        participant.name(),
        participant.status(),
        participant.consented(),
        participant.travelMode(),
        participant.latest() == null ? null : PositionBody.of(participant.latest()),
        EtaBody.of(participant, date, now));
  }
}
