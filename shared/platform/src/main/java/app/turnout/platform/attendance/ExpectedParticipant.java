package app.turnout.platform.attendance;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import java.time.Instant;

/// Somebody to be expected at an occurrence.
public record ExpectedParticipant(
    ParticipantId id,
    OrganizationId organization,
    EventId event,
    OccurrenceId occurrence,
    ParticipantDetails details,
    Instant createdAt) {}
