package app.turnout.platform.security;

import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Reads the `Authorization` header of requests to endpoints that want a caller, before anything
/// else of the request is looked at.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AuthenticationFilter {
  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";

  private final AccessTokens accessTokens;

  AuthenticationFilter(AccessTokens accessTokens) {
    this.accessTokens = accessTokens;
  }

  @RequestFilter
  void authenticate(HttpRequest<?> request) {
    Optional<RouteMatch<?>> route = RouteAttributes.getRouteMatch(request);
    if (route.isEmpty() || !wantsCaller(route.get())) {
      return;
    }
    Credentials credentials =
        request
            .getHeaders()
            .findFirst(HttpHeaders.AUTHORIZATION)
            .flatMap(this::read)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.UNAUTHENTICATED, "A valid token in Authorization is needed"));
    request.setAttribute(Credentials.ATTRIBUTE, credentials);
  }

  private static boolean wantsCaller(RouteMatch<?> route) {
    AnnotationMetadata declared = route.getRouteInfo().getAnnotationMetadata();
    return declared.hasAnnotation(RequiresPermission.class)
        || declared.hasAnnotation(SignedIn.class)
        || declared.hasAnnotation(WithLink.class);
  }

  private Optional<Credentials> read(String authorization) {
    if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      String token = authorization.substring(BEARER.length()).strip();
      long dots = token.chars().filter(character -> character == '.').count();
      return dots == 1
          ? Optional.of(new Credentials.OpaqueToken(token))
          : accessTokens.verify(token);
    }
    if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return basicPassword(authorization.substring(BASIC.length()).strip())
          .map(Credentials.OpaqueToken::new);
    }
    return Optional.empty();
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
