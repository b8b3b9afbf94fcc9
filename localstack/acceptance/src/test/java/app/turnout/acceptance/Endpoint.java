package app.turnout.acceptance;

import app.turnout.platform.security.Permission;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A route as the packaged classes declare it: one annotation says where it is, another who may
/// call it.
///
/// @param area the folder of its code
record Endpoint(String area, String method, String path, Access access) {
  private static final String SECURITY = "app.turnout.platform.security.";
  private static final String MAPPING = "io.micronaut.http.annotation.";
  private static final Set<String> METHODS =
      Set.of("Get", "Post", "Put", "Patch", "Delete", "Head", "Options");
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)}");

  /// Who may call.
  sealed interface Access {
    record Open() implements Access {}

    /// The holder of a secret of the installation's, which none of its users has.
    record Secret(String scheme) implements Access {}

    record SignedIn() implements Access {}

    record SuperAdminOnly() implements Access {}

    record WithLink(boolean orDevice) implements Access {}

    record WithDevice() implements Access {}

    record Permitted(Permission permission, boolean orLink, boolean orDevice) implements Access {}
  }

  private static final class All {
    static final List<Endpoint> ENDPOINTS = read();
  }

  /// All of them, by area and path. Throws at one that declares no caller.
  static List<Endpoint> all() {
    return All.ENDPOINTS;
  }

  private static List<Endpoint> read() {
    List<Endpoint> all = new ArrayList<>();
    for (Path area : Checkout.areas()) {
      for (JavaClass type : PackagedClasses.all()) {
        if (!PackagedClasses.isOf(area, type)) {
          continue;
        }
        annotation(type.getAnnotations(), MAPPING + "Controller")
            .ifPresent(
                controller ->
                    type.getMethods()
                        .forEach(
                            method ->
                                all.addAll(
                                    of(
                                        area.getFileName().toString(),
                                        text(controller, "value"),
                                        method))));
      }
    }
    all.sort(
        Comparator.comparing(Endpoint::area)
            .thenComparing(Endpoint::path)
            .thenComparing(Endpoint::method));
    return List.copyOf(all);
  }

  /// As in `GET /path`.
  String name() {
    return method + " " + path;
  }

  boolean isChange() {
    return !method.equals("GET");
  }

  /// The names in its path's braces.
  List<String> variables() {
    return VARIABLE.matcher(path).results().map(found -> found.group(1)).toList();
  }

  /// Its path with other values in the braces' place.
  String filled(Map<String, String> values) {
    return VARIABLE
        .matcher(path)
        .replaceAll((MatchResult found) -> Objects.requireNonNull(values.get(found.group(1))));
  }

  private static List<Endpoint> of(String area, String controller, JavaMethod method) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (String verb : METHODS) {
      annotation(method.getAnnotations(), MAPPING + verb)
          .ifPresent(
              mapping -> {
                Access access = access(method);
                for (String path : paths(mapping)) {
                  endpoints.add(
                      new Endpoint(
                          area, verb.toUpperCase(Locale.ROOT), joined(controller, path), access));
                }
              });
    }
    return endpoints;
  }

  private static Access access(JavaMethod method) {
    for (JavaAnnotation<?> annotation : method.getAnnotations()) {
      @Nullable Access access =
          switch (annotation.getRawType().getName().replace(SECURITY, "")) {
            case "Open" -> open(method);
            case "SignedIn" -> new Access.SignedIn();
            case "SuperAdminOnly" -> new Access.SuperAdminOnly();
            case "WithLink" -> new Access.WithLink(isTrue(annotation, "orDevice"));
            case "WithDevice" -> new Access.WithDevice();
            case "RequiresPermission" ->
                new Access.Permitted(
                    Permission.valueOf(
                        ((JavaEnumConstant) annotation.get("value").orElseThrow()).name()),
                    isTrue(annotation, "orLink"),
                    isTrue(annotation, "orDevice"));
            default -> null;
          };
      if (access != null) {
        return access;
      }
    }
    throw new IllegalStateException(method.getFullName() + " declares no caller");
  }

  /// What is open as far as accounts go may ask for something else.
  private static Access open(JavaMethod method) {
    return annotation(
            method.getAnnotations(), "io.swagger.v3.oas.annotations.security.SecurityRequirement")
        .<Access>map(requirement -> new Access.Secret(text(requirement, "name")))
        .orElseGet(Access.Open::new);
  }

  private static List<String> paths(JavaAnnotation<?> mapping) {
    Object uris = mapping.get("uris").orElse(new String[0]);
    List<String> several = Stream.of((Object[]) uris).map(String::valueOf).toList();
    if (several.size() > 1 || (several.size() == 1 && !several.getFirst().equals("/"))) {
      return several;
    }
    String uri = text(mapping, "uri");
    return List.of(uri.isEmpty() || uri.equals("/") ? text(mapping, "value") : uri);
  }

  private static String joined(String controller, String path) {
    String joined = String.join("/", controller, path.replaceAll("\\{\\?.*", ""));
    List<String> segments =
        Arrays.stream(joined.split("/", -1)).filter(segment -> !segment.isEmpty()).toList();
    return "/" + String.join("/", segments);
  }

  private static boolean isTrue(JavaAnnotation<?> annotation, String property) {
    return annotation.get(property).map(Boolean.TRUE::equals).orElse(false);
  }

  private static String text(JavaAnnotation<?> annotation, String property) {
    return annotation.get(property).map(String::valueOf).orElse("");
  }

  private static Optional<? extends JavaAnnotation<?>> annotation(
      Set<? extends JavaAnnotation<?>> annotations, String type) {
    return annotations.stream()
        .filter(annotation -> annotation.getRawType().getName().equals(type))
        .findFirst();
  }
}
