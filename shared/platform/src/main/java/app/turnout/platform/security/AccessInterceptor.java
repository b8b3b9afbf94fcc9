package app.turnout.platform.security;

import app.turnout.platform.idempotency.IdempotentRequests;
import app.turnout.platform.logging.LogFacts;
import app.turnout.platform.persistence.Database;
import io.micronaut.aop.MethodInterceptor;
import io.micronaut.aop.MethodInvocationContext;
import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Around every endpoint that declares who may call it: opens the transaction, lets the caller in,
/// checks the permission, and answers a repeated request as it was answered before.
@Singleton
final class AccessInterceptor implements MethodInterceptor<Object, Object> {
  private final Database database;
  private final Entrance entrance;
  private final SuperAdminWatch superAdminWatch;
  private final IdempotentRequests idempotentRequests;

  AccessInterceptor(
      Database database,
      Entrance entrance,
      SuperAdminWatch superAdminWatch,
      IdempotentRequests idempotentRequests) {
    this.database = database;
    this.entrance = entrance;
    this.superAdminWatch = superAdminWatch;
    this.idempotentRequests = idempotentRequests;
  }

  @Override
  public @Nullable Object intercept(MethodInvocationContext<Object, Object> endpoint) {
    HttpRequest<?> request =
        ServerRequestContext.currentRequest()
            .orElseThrow(() -> new IllegalStateException("Endpoints are called by HTTP only"));
    Credentials credentials =
        request
            .getAttribute(Credentials.ATTRIBUTE, Credentials.class)
            .orElseThrow(() -> new IllegalStateException("The request was not authenticated"));
    if (!endpoint.booleanValue(SignedIn.class, "inTransaction").orElse(true)) {
      Caller caller = database.inTransaction(() -> enter(endpoint, request, credentials));
      return ScopedValue.where(CurrentCaller.CURRENT, caller).call(endpoint::proceed);
    }
    return database.inTransaction(
        () -> {
          Caller caller = enter(endpoint, request, credentials);
          return ScopedValue.where(CurrentCaller.CURRENT, caller)
              .call(
                  () -> {
                    if (caller instanceof Caller.Member member
                        && member.role() == Role.SUPER_ADMIN) {
                      superAdminWatch.acts(member, request);
                    }
                    return idempotentRequests.answer(request, caller.key(), endpoint);
                  });
        });
  }

  private Caller enter(
      MethodInvocationContext<Object, Object> endpoint,
      HttpRequest<?> request,
      Credentials credentials) {
    Caller caller = find(endpoint, request, credentials);
    LogFacts.enter(caller.organization());
    return caller;
  }

  private Caller find(
      MethodInvocationContext<Object, Object> endpoint,
      HttpRequest<?> request,
      Credentials credentials) {
    if (endpoint.hasAnnotation(SignedIn.class)) {
      return entrance.asUser(credentials);
    }
    if (endpoint.hasAnnotation(WithDevice.class)) {
      return entrance.byDevice(credentials);
    }
    if (endpoint.hasAnnotation(WithLink.class)) {
      return credentials instanceof Credentials.DeviceToken device
          ? entrance.byDevice(device)
          : entrance.byLink(credentials);
    }
    if (endpoint.hasAnnotation(SuperAdminOnly.class)) {
      return entrance.asSuperAdmin(credentials);
    }
    AnnotationValue<RequiresPermission> rule = endpoint.getAnnotation(RequiresPermission.class);
    if (rule == null) {
      throw new IllegalStateException(endpoint.getMethodName() + " declares no caller");
    }
    Permission permission = rule.getRequiredValue(Permission.class);
    boolean isReading =
        request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
    // No switch: its class is made when it is first come by, and the first request waits for that.
    if (credentials instanceof Credentials.AccessToken token) {
      return entrance.asMember(token, permission, isReading);
    }
    if (credentials instanceof Credentials.ApiKey key) {
      return entrance.byApiKey(key, permission, isReading);
    }
    return credentials instanceof Credentials.DeviceToken device
        ? entrance.byDevice(device)
        : entrance.byLink(credentials);
  }
}
