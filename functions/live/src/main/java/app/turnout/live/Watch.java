package app.turnout.live;

import app.turnout.domain.EventId;
import app.turnout.domain.OccurrenceId;
import app.turnout.domain.OrganizationId;

/// Somebody's looking at one date.
public record Watch(
    OrganizationId organization, EventId event, OccurrenceId occurrence, Watcher watcher) {}
