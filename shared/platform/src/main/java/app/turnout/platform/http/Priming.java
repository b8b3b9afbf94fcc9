package app.turnout.platform.http;

import app.turnout.platform.security.RequiresPermission;
import app.turnout.platform.security.SignedIn;
import app.turnout.platform.security.SuperAdminOnly;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/// Readies a function for the snapshot that is about to be taken of it (SnapStart): it refuses a
/// few requests, so that whoever comes first out of the snapshot finds loaded and compiled what
/// every request needs, from the reading of the event over the database to the writing of the
/// answer. None of them reaches an endpoint, but for what a function names itself. No connection is
/// in the snapshot.
final class Priming implements Resource {
  /// Once to load, the others for the compilers.
  private static final int ROUNDS = 20;

  private static final int FAILED = 500;

  /// Stands in for every id.
  private static final String NOBODY = "00000000-0000-7000-8000-000000000000";

  /// Well formed, and nobody has its key: so keys are read from the database.
  private static final String TOKEN =
      base64("{\"typ\":\"at+jwt\",\"alg\":\"EdDSA\",\"kid\":\"" + "0".repeat(32) + "\"}")
          + "."
          + base64("{}")
          + "."
          + base64("0".repeat(64));

  private final ApplicationContext beans;
  private final Supplier<List<String>> open;
  private final Answering answering;

  /// Answers an event, uncounted, and gives the answer's status.
  interface Answering {
    int answer(InputStream event, OutputStream answer) throws IOException;
  }

  /// @param open paths that anybody may read
  Priming(ApplicationContext beans, Supplier<List<String>> open, Answering answering) {
    this.beans = beans;
    this.open = open;
    this.answering = answering;
  }

  /// Lets Lambda's runtime call it; until then, it must be held by somebody.
  Priming atLambda() {
    Core.getGlobalContext().register(this);
    return this;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> snapshot) throws IOException {
    List<String> events = events();
    boolean well = true;
    // A snapshot is taken without the database, too, and nobody waits for it twenty times.
    for (int round = 0; round < ROUNDS && well; round++) {
      for (String event : events) {
        well &= answer(event) < FAILED;
      }
    }
    closeConnections();
  }

  private int answer(String event) throws IOException {
    return answering.answer(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        OutputStream.nullOutputStream());
  }

  /// The first request connects.
  @Override
  public void afterRestore(Context<? extends Resource> snapshot) {}

  private List<String> events() {
    List<String> events = new ArrayList<>();
    events.add(event("GET", "/api/" + NOBODY, ""));
    open.get().forEach(path -> events.add(event("GET", path, "")));
    guarded()
        .ifPresent(
            route -> {
              String method = route.getHttpMethodName();
              String path = path(route);
              events.add(event(method, path, ""));
              events.add(event(method, path, "\"authorization\": \"Bearer " + TOKEN + "\","));
            });
    return events;
  }

  /// A route that nobody may take without a token.
  private Optional<UriRouteInfo<?, ?>> guarded() {
    return beans
        .getBean(Router.class)
        .uriRoutes()
        .<UriRouteInfo<?, ?>>map(route -> route)
        .filter(Priming::isGuarded)
        .min(
            Comparator.comparing(
                (UriRouteInfo<?, ?> route) -> route.getHttpMethodName() + path(route)));
  }

  private static String path(UriRouteInfo<?, ?> route) {
    return route.getUriMatchTemplate().toPathString().replaceAll("\\{[^}]*}", NOBODY);
  }

  private static boolean isGuarded(UriRouteInfo<?, ?> route) {
    AnnotationMetadata endpoint = route.getAnnotationMetadata();
    return endpoint.hasAnnotation(SignedIn.class)
        || endpoint.hasAnnotation(RequiresPermission.class)
        || endpoint.hasAnnotation(SuperAdminOnly.class);
  }

  private static String event(String method, String path, String authorization) {
    return """
    {"version": "2.0", "rawPath": "%s", "rawQueryString": "",
     "headers": {%s "accept": "*/*", "host": "localhost"},
     "requestContext": {
       "requestId": "priming", "stage": "$default",
       "http": {"method": "%s", "path": "%s", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1"}},
     "isBase64Encoded": false}
    """
        .formatted(path, authorization, method, path);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The other end would have closed them long before anybody came out of the snapshot.
  private void closeConnections() {
    for (DataSource database : beans.getBeansOfType(DataSource.class)) {
      if (database instanceof HikariDataSource source) {
        HikariPoolMXBean pool = source.getHikariPoolMXBean();
        if (pool != null) {
          pool.softEvictConnections();
        }
      }
    }
  }
}
