package app.turnout.locations.writer;

import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;
import app.turnout.platform.live.LivePosition;

/// Where somebody was last, and whose and which date it is.
record NewestPosition(
    OrganizationId organization, OccurrenceId occurrence, LivePosition position) {}
