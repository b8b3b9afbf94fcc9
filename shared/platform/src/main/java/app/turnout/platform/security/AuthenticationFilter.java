package app.turnout.platform.security;

import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.tokens.ApiKeyTokens;
import app.turnout.platform.tokens.DerivedTokens;
import app.turnout.platform.tokens.DeviceTokens;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Reads the `Authorization` header of requests to endpoints that want a caller, before anything
/// else of the request is looked at.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AuthenticationFilter {
  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";

  private final AccessTokens accessTokens;
  private final List<DeviceTokenFinder> deviceTokens;

  AuthenticationFilter(AccessTokens accessTokens, List<DeviceTokenFinder> deviceTokens) {
    this.accessTokens = accessTokens;
    this.deviceTokens = deviceTokens;
  }

  @RequestFilter
  void authenticate(HttpRequest<?> request) {
    Optional<RouteMatch<?>> route = RouteAttributes.getRouteMatch(request);
    if (route.isEmpty()) {
      return;
    }
    AnnotationMetadata endpoint = route.get().getRouteInfo().getAnnotationMetadata();
    boolean takesKeys = endpoint.hasAnnotation(RequiresPermission.class);
    boolean isForDevices = endpoint.hasAnnotation(WithDevice.class);
    boolean takesDevices = isForDevices || isTrue(endpoint, "orDevice");
    boolean takesLinks = endpoint.hasAnnotation(WithLink.class) || isTrue(endpoint, "orLink");
    if (!takesLinks
        && !takesKeys
        && !isForDevices
        && !endpoint.hasAnnotation(SignedIn.class)
        && !endpoint.hasAnnotation(SuperAdminOnly.class)) {
      return;
    }
    Credentials credentials =
        request
            .getHeaders()
            .findFirst(HttpHeaders.AUTHORIZATION)
            .flatMap(this::read)
            .filter(
                given ->
                    (given instanceof Credentials.AccessToken && !isForDevices)
                        || (given instanceof Credentials.ApiKey && takesKeys)
                        || (given instanceof Credentials.OpaqueToken && takesLinks)
                        || (given instanceof Credentials.DeviceToken && takesDevices))
            .or(() -> isForDevices ? deviceToken(request) : Optional.empty())
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.UNAUTHENTICATED, "A valid token in Authorization is needed"));
    request.setAttribute(Credentials.ATTRIBUTE, credentials);
  }

  private static boolean isTrue(AnnotationMetadata endpoint, String property) {
    return endpoint.booleanValue(RequiresPermission.class, property).orElse(false)
        || endpoint.booleanValue(WithLink.class, property).orElse(false);
  }

  private Optional<Credentials> deviceToken(HttpRequest<?> request) {
    return deviceTokens.stream()
        .flatMap(finder -> finder.find(request).stream())
        .filter(DeviceTokens::looksLikeOne)
        .findFirst()
        .map(Credentials.DeviceToken::new);
  }

  private Optional<Credentials> read(String authorization) {
    if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      String token = authorization.substring(BEARER.length()).strip();
      if (ApiKeyTokens.looksLikeOne(token)) {
        return Optional.of(new Credentials.ApiKey(token));
      }
      return opaque(token).or(() -> accessTokens.verify(token).map(Credentials.class::cast));
    }
    if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return basicPassword(authorization.substring(BASIC.length()).strip())
          .flatMap(AuthenticationFilter::opaque);
    }
    return Optional.empty();
  }

  private static Optional<Credentials> opaque(String token) {
    if (DeviceTokens.looksLikeOne(token)) {
      return Optional.of(new Credentials.DeviceToken(token));
    }
    return DerivedTokens.looksLikeOne(token)
        ? Optional.of(new Credentials.OpaqueToken(token))
        : Optional.empty();
  }

  /// The password of Basic authentication (RFC 7617), where apps that know no bearer tokens carry
  /// theirs.
  private static Optional<String> basicPassword(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
