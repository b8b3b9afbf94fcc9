package app.turnout.live;

import app.turnout.domain.EventId;
import app.turnout.domain.GeoPoint;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// A date, as those who watch it are shown it.
///
/// @param status the date's, by product time
/// @param isShared whether participants may see each other
/// @param sequence the number of the last change that was told
/// @param destination null for a date without a position
public record WatchedDate(
    OrganizationId organization,
    EventId event,
    OccurrenceId occurrence,
    String title,
    String status,
    Instant startsAt,
    Instant endsAt,
    ZoneId zone,
    @Nullable GeoPoint destination,
    double arrivalRadiusMetres,
    boolean isShared,
    long sequence) {}
