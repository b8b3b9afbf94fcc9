package app.turnout.eta.outlooks;

import app.turnout.platform.http.HttpFunction;

/// The function `eta`.
public final class EtaFunction extends HttpFunction {}
