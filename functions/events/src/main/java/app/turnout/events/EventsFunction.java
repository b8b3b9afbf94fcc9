package app.turnout.events;

import app.turnout.platform.http.HttpFunction;

/// The function `events`.
public final class EventsFunction extends HttpFunction {}
