package app.turnout.events.catalogue;

import app.turnout.platform.http.HttpFunction;

/// The function `catalogue`.
public final class CatalogueFunction extends HttpFunction {}
