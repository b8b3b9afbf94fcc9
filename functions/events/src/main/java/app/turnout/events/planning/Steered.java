package app.turnout.events.planning;

import io.micronaut.serde.annotation.Serdeable;

/// How far an event has come, as the audit log tells it.
@Serdeable
record Steered(EventStatus status, Course course) {}
