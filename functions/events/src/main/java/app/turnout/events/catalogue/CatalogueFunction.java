package app.turnout.events.catalogue;

import app.turnout.platform.http.HttpFunction;
import java.util.List;

/// The function `catalogue`.
public final class CatalogueFunction extends HttpFunction {
  /// No route of its own wants a token.
  @Override
  protected List<String> primedBy() {
    return List.of("/api/v1/catalogue/events");
  }
}
