package app.turnout.platform.http;

import app.turnout.testing.ApiClient;

/// The routes of [EdgeController] for tests of other packages.
public final class Edge implements AutoCloseable {
  private final EdgeFunction function = new EdgeFunction();

  public ApiClient api() {
    return new ApiClient(function, null);
  }

  @Override
  public void close() {
    function.close();
  }
}
