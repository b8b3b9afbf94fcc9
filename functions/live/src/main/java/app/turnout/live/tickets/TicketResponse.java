package app.turnout.live.tickets;

import io.micronaut.serde.annotation.Serdeable;
import java.time.OffsetDateTime;
import java.util.UUID;

/// What opens one WebSocket, once.
///
/// @param occurrenceId the date it is for
/// @param url to connect to, with the ticket in it
/// @param expiresAt in real time, wherever the product's own clock stands
@Serdeable
record TicketResponse(
    String ticket, UUID eventId, UUID occurrenceId, String url, OffsetDateTime expiresAt) {}
