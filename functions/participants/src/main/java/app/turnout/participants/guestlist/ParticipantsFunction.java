package app.turnout.participants.guestlist;

import app.turnout.platform.http.HttpFunction;

/// The function `participants`.
public final class ParticipantsFunction extends HttpFunction {}
