package app.turnout.identity;

import app.turnout.platform.http.HttpFunction;

/// The function `identity`.
public final class IdentityFunction extends HttpFunction {}
