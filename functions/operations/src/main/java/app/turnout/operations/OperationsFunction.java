package app.turnout.operations;

import app.turnout.platform.http.HttpFunction;

/// The function `operations`.
public final class OperationsFunction extends HttpFunction {}
