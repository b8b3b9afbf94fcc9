package app.turnout.platform.security;

import io.micronaut.http.HttpRequest;

/// Is told of each request of an administrator of the platform in an organization, in the request's
/// transaction.
public interface SuperAdminWatch {
  void acts(Caller.Member superAdmin, HttpRequest<?> request);
}
