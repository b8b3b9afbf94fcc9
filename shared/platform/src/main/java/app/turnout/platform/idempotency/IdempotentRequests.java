package app.turnout.platform.idempotency;

import app.turnout.platform.persistence.Database;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import io.micronaut.aop.MethodInvocationContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.json.JsonMapper;
import io.micronaut.servlet.http.ServletHttpRequest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `Idempotency-Key` on POST: the answer is kept in the transaction that made what it tells of. The
/// same key with the same request gets the same answer, without secrets kept (see [Secretive]);
/// with another request it is refused. Two at once: the second waits for the first to end. Requests
/// for tokens, and about them, take no key: those answers are secrets throughout, or old by then.
@Singleton
public final class IdempotentRequests {
  private static final String HEADER = "Idempotency-Key";
  private static final List<String> TOKENS = List.of("/api/v1/auth/", "/internal/auth/");

  private final Database database;
  private final JsonMapper json;
  private final InstantSource time;
  private final List<SecretRestorer<?>> restorers;

  IdempotentRequests(
      Database database, JsonMapper json, InstantSource time, List<SecretRestorer<?>> restorers) {
    this.database = database;
    this.json = json;
    this.time = time;
    this.restorers = restorers;
  }

  /// Calls the endpoint, or answers as it did before. Must run in its transaction.
  ///
  /// @param caller whose keys these are
  public @Nullable Object answer(
      HttpRequest<?> request, String caller, MethodInvocationContext<Object, Object> endpoint) {
    String key = request.getHeaders().get(HEADER);
    if (key == null
        || request.getMethod() != HttpMethod.POST
        || endpoint.hasAnnotation(StoresNothing.class)
        || TOKENS.stream().anyMatch(request.getPath()::startsWith)) {
      return endpoint.proceed();
    }
    if (key.isBlank() || key.length() > 255 || !isPrintable(key)) {
      throw ProblemException.invalidParameter(
          HEADER, "length", "must be 1 to 255 printable ASCII characters");
    }
    byte[] hash = hash(request);
    if (!claim(caller, key, hash)) {
      return replay(caller, key, hash, endpoint);
    }
    Object answer = endpoint.proceed();
    keep(caller, key, answer);
    return answer;
  }

  private boolean claim(String caller, String key, byte[] hash) {
    return database
            .handle()
            .createUpdate(
                """
                insert into idempotency_keys (caller, key, request_hash, created_at)
                values (:caller, :key, :hash, :now)
                on conflict (caller, key) do nothing
                """)
            .bind("caller", caller)
            .bind("key", key)
            .bind("hash", hash)
            .bind("now", time.instant().atOffset(java.time.ZoneOffset.UTC))
            .execute()
        == 1;
  }

  private record Kept(
      String requestHash,
      int status,
      @Nullable String body,
      @Nullable String location,
      @Nullable String etag) {}

  private @Nullable Object replay(
      String caller, String key, byte[] hash, MethodInvocationContext<Object, Object> endpoint) {
    Optional<Kept> found =
        database
            .handle()
            .createQuery(
                """
                select request_hash, status, body, location, etag
                from idempotency_keys
                where caller = :caller and key = :key
                """)
            .bind("caller", caller)
            .bind("key", key)
            .map(
                (row, context) ->
                    new Kept(
                        HexFormat.of().formatHex(row.getBytes("request_hash")),
                        row.getInt("status"),
                        row.getString("body"),
                        row.getString("location"),
                        row.getString("etag")))
            .findOne();
    Kept kept =
        found.orElseThrow(
            () -> new IllegalStateException("The key was there a moment ago: " + caller));
    if (!kept.requestHash().equals(HexFormat.of().formatHex(hash))) {
      throw new ProblemException(
          ProblemType.IDEMPOTENCY_KEY_REUSED, "The key came before with another request");
    }
    Object body = kept.body() == null ? null : restore(read(kept.body(), endpoint));
    if (!HttpResponse.class.isAssignableFrom(endpoint.getReturnType().getType())) {
      // Its status is the endpoint's own.
      return body;
    }
    MutableHttpResponse<Object> response = HttpResponse.status(kept.status(), null);
    if (kept.location() != null) {
      response.header("Location", kept.location());
    }
    if (kept.etag() != null) {
      response.header("ETag", kept.etag());
    }
    if (body != null) {
      response.body(body);
    }
    return response;
  }

  private Object read(String body, MethodInvocationContext<Object, Object> endpoint) {
    Argument<?> returned = endpoint.getReturnType().asArgument();
    Argument<?> type =
        HttpResponse.class.isAssignableFrom(returned.getType())
            ? returned.getFirstTypeVariable().orElse(Argument.OBJECT_ARGUMENT)
            : returned;
    try {
      return json.readValue(body, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Object restore(Object body) {
    for (SecretRestorer<?> restorer : restorers) {
      if (restorer.type().isInstance(body)) {
        return restoreWith(restorer, body);
      }
    }
    return body;
  }

  private static <T> T restoreWith(SecretRestorer<T> restorer, Object body) {
    return restorer.restore(restorer.type().cast(body));
  }

  private void keep(String caller, String key, @Nullable Object answer) {
    HttpResponse<?> response =
        answer instanceof HttpResponse<?> given ? given : HttpResponse.ok(answer);
    Object body = response.getBody().orElse(null);
    Object kept = body instanceof Secretive<?> secretive ? secretive.withoutSecrets() : body;
    try {
      database
          .handle()
          .createUpdate(
              """
              update idempotency_keys
              set status = :status, body = :body, location = :location, etag = :etag
              where caller = :caller and key = :key
              """)
          .bind("caller", caller)
          .bind("key", key)
          .bind("status", response.code())
          .bind("body", kept == null ? null : json.writeValueAsString(kept))
          .bind("location", response.getHeaders().get("Location"))
          .bind("etag", response.getHeaders().get("ETag"))
          .execute();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] hash(HttpRequest<?> request) {
    try (InputStream body = ((ServletHttpRequest<?, ?>) request).getInputStream()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          (request.getMethodName() + " " + request.getUri() + "\n")
              .getBytes(StandardCharsets.UTF_8));
      return digest.digest(body.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isPrintable(String key) {
    return key.chars().allMatch(character -> character > 0x20 && character < 0x7f);
  }
}
