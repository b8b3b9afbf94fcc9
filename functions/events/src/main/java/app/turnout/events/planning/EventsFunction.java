package app.turnout.events.planning;

import app.turnout.platform.http.HttpFunction;

/// The function `events`.
public final class EventsFunction extends HttpFunction {}
