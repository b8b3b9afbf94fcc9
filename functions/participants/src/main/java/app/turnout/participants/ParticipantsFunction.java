package app.turnout.participants;

import app.turnout.platform.http.HttpFunction;

/// The function `participants`.
public final class ParticipantsFunction extends HttpFunction {}
