package app.turnout.platform.http;

import app.turnout.platform.json.JsonReader;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.problem.ProblemType;
import app.turnout.platform.security.Open;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One route for each thing that the edge does.
@Controller("/edge")
@Requires(property = "turnout.function", value = "edge")
class EdgeController {
  enum Mood {
    VERY_GLAD,
    SAD
  }

  @Serdeable
  record Place(@Min(-90) @Max(90) double latitude, @Min(-180) @Max(180) double longitude) {}

  @Serdeable
  record Everything(
      @NotBlank @Size(max = 10) String shortText,
      @Nullable @Email @Size(max = 100) String email,
      @Nullable @Pattern(regexp = "[a-z]+") String letters,
      int count,
      @Nullable Long big,
      double ratio,
      @Nullable BigDecimal exact,
      boolean flag,
      UUID id,
      OffsetDateTime startsAt,
      @Nullable Instant seenAt,
      @Nullable LocalDate day,
      @Nullable ZoneId timeZone,
      Mood mood,
      Place place,
      @Nullable @Size(max = 3) List<Place> moreLocations,
      @Nullable List<String> tags,
      @Nullable Map<String, Integer> counters) {}

  @Serdeable
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Lenient(String kind) {}

  @Serdeable
  record Strict(String name) {
    Strict {
      if (name.equals("forbidden")) {
        throw new IllegalArgumentException("must not be called so");
      }
    }
  }

  @Serdeable
  record Batch(@Size(min = 1) List<JsonNode> items) {}

  @Serdeable
  record Outcome(int accepted, List<String> refused) {}

  @Serdeable
  record Thing(
      UUID id, @Nullable String note, Mood mood, OffsetDateTime createdAt, Instant seenAt) {}

  private final JsonReader json;

  EdgeController(JsonReader json) {
    this.json = json;
  }

  @Post("/everything")
  @Open
  Everything everything(@Body Everything body) {
    return body;
  }

  @Post("/lenient")
  @Open
  Lenient lenient(@Body Lenient body) {
    return body;
  }

  @Post("/strict")
  @Open
  HttpResponse<Strict> strict(@Body Strict body) {
    return HttpResponse.created(body);
  }

  @Post("/batch")
  @Open
  Outcome batch(@Body Batch batch) {
    List<String> refused =
        batch.items().stream()
            .map(item -> json.read(item, Place.class))
            .flatMap(
                reading ->
                    switch (reading) {
                      case JsonReader.Reading.Good<Place> good -> List.<String>of().stream();
                      case JsonReader.Reading.Faulty<Place>(var errors) ->
                          errors.stream().map(error -> error.field() + " " + error.rule());
                    })
            .toList();
    return new Outcome(batch.items().size() - refused.size(), refused);
  }

  @Post("/bytes")
  @Open
  Map<String, Integer> bytes(@Body byte[] body) {
    return Map.of("length", body.length);
  }

  @Get("/things/{thing_id}")
  @Open
  HttpResponse<Thing> thing(@PathVariable("thing_id") UUID id) {
    Instant at = Instant.parse("2026-01-02T10:00:00Z");
    return HttpResponse.ok(new Thing(id, null, Mood.VERY_GLAD, at.atOffset(ZoneOffset.UTC), at))
        .header(HttpHeaders.ETAG, EntityTag.of(17));
  }

  @Put("/things/{thing_id}")
  @Open
  HttpResponse<Map<String, Boolean>> change(
      @PathVariable("thing_id") UUID id, ExpectedVersion expected) {
    expected.mustBe(26);
    return HttpResponse.ok(Map.of("changed", true)).header("ETag", EntityTag.of(27));
  }

  @Get("/names/{name}")
  @Open
  Map<String, String> name(@PathVariable String name) {
    return Map.of("name", name);
  }

  @Get("/query")
  @Open
  Map<String, String> query(
      @Nullable @QueryValue List<String> q,
      @Nullable @QueryValue String text,
      @Nullable @QueryValue("max_count") Integer maxCount,
      @Nullable @QueryValue OffsetDateTime from,
      @Nullable @QueryValue Mood mood,
      @Nullable @QueryValue Boolean sure) {
    return Map.of(
        "q", String.valueOf(q), "text", String.valueOf(text), "mood", String.valueOf(mood));
  }

  @Get("/required")
  @Open
  Map<String, String> required(@QueryValue("needed_value") String neededValue) {
    return Map.of("value", neededValue);
  }

  @Get("/limited")
  @Open
  Map<String, Integer> limited(@QueryValue("most_rows") @Max(10) int mostRows) {
    return Map.of("most_rows", mostRows);
  }

  @Get("/list")
  @Open
  Page<Integer> list(PageRequest page) {
    Cursor after = page.after(Long.class);
    int first = after == null ? 0 : (int) after.number(0) + 1;
    List<Integer> found =
        java.util.stream.IntStream.range(first, 30).limit(page.limit() + 1L).boxed().toList();
    return page.by(found, number -> Cursor.of((long) number), number -> number);
  }

  @Get("/cookies")
  @Open
  HttpResponse<Map<String, String>> cookies(HttpRequest<?> request) {
    return HttpResponse.ok(
            Map.of("seen", request.getCookies().findCookie("b").map(Cookie::getValue).orElse("")))
        .cookie(Cookie.of("first", "1"))
        .cookie(Cookie.of("second", "2").httpOnly(true))
        .header("X-Many", "a")
        .header("X-Many", "b");
  }

  @Get("/caller")
  @Open
  Map<String, String> caller(HttpRequest<?> request) {
    return Map.of("address", request.getRemoteAddress().getAddress().getHostAddress());
  }

  @Get("/image")
  @Open
  @Produces("image/png")
  byte[] image() {
    return "not text: \u00ff".getBytes(StandardCharsets.ISO_8859_1);
  }

  @Get("/nothing")
  @Open
  HttpResponse<?> nothing() {
    return HttpResponse.noContent();
  }

  @Get("/fail/{how}")
  @Open
  HttpResponse<?> fail(@PathVariable String how) throws Exception {
    return switch (how) {
      case "secret" -> throw new IllegalStateException("the password is swordfish");
      case "problem" ->
          throw ProblemException.retryLater(
              ProblemType.RATE_LIMITED, "Slowly", Duration.ofMillis(1500));
      case "wrapped-problem" ->
          throw new IllegalStateException(new ProblemException(ProblemType.CONFLICT, "No"));
      case "token" -> throw new ProblemException(ProblemType.INVALID_TOKEN, "It is over");
      case "connection" -> throw new IllegalStateException(new SQLException("gone", "08006"));
      case "pool" -> throw new IllegalStateException(new SQLTransientConnectionException("full"));
      case "shutdown" -> throw new IllegalStateException(new SQLException("bye", "57P01"));
      case "too-many" -> throw new IllegalStateException(new SQLException("full", "53300"));
      case "constraint" ->
          throw new IllegalStateException(new SQLException("Key (email)=(a@b.c)", "23505"));
      case "recursion" -> fail(how);
      case "missing" -> HttpResponse.notFound();
      case "text" -> HttpResponse.serverError("the password is swordfish");
      case "teapot" -> HttpResponse.status(HttpStatus.I_AM_A_TEAPOT);
      default -> throw new NoSuchFieldError(how);
    };
  }
}
