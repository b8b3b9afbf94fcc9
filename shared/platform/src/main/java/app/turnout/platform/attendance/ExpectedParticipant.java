package app.turnout.platform.attendance;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.domain.ParticipantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Somebody to be expected at an occurrence.
///
/// @param phone E.164
/// @param locale language that they are addressed in
public record ExpectedParticipant(
    ParticipantId id,
    OrganizationId organization,
    EventId event,
    OccurrenceId occurrence,
    String name,
    @Nullable String phone,
    @Nullable String email,
    String locale,
    Instant createdAt) {}
