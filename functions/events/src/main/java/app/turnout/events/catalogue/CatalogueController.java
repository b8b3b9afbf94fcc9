package app.turnout.events.catalogue;

import app.turnout.domain.EventId;
import app.turnout.events.Near;
import app.turnout.events.catalogue.CatalogueRepository.DateKey;
import app.turnout.platform.http.Cursor;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.json.Texts;
import app.turnout.platform.problem.ProblemException;
import app.turnout.platform.security.Open;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Controller("/api/v1/catalogue/events")
class CatalogueController {
  /// Answers are good for a minute, and while they are asked for anew.
  static final String CACHED = "public, max-age=60, stale-while-revalidate=300";

  private static final java.util.regex.Pattern SLUG =
      java.util.regex.Pattern.compile("[a-z0-9-]{1,100}");

  private final ListEvents listEvents;
  private final CatalogueRepository catalogue;
  private final InstantSource time;

  CatalogueController(ListEvents listEvents, CatalogueRepository catalogue, InstantSource time) {
    this.listEvents = listEvents;
    this.catalogue = catalogue;
    this.time = time;
  }

  /// Public events, each once, with the first of its dates that ends after `from`, or after now. A
  /// date's own place counts, where it has one. What is cancelled is there when it is asked for,
  /// and what is over by `status` or `from`.
  ///
  /// @param q up to eight words or parts of words that title, description, category or place have,
  ///   with or without their accents, in Latin letters or others
  /// @param status of the date; without, those that are neither over nor cancelled
  /// @param from RFC 3339
  /// @param to events whose date begins before it
  /// @param priceMin of the lowest price, in minor units of its currency
  /// @param priceMax of the lowest price; 0 for what is free
  /// @param currency ISO 4217; without, amounts are compared whatever their currency
  /// @param near latitude and longitude, such as `53.35,-6.26`
  /// @param radiusM how far away at most, in metres: 1 to 1000000, 25000 when not given; only with
  ///   `near`
  /// @param sort `start` when not given; `-start` latest first, `newest` by when it was planned,
  ///   `distance` only with `near`
  @Get
  @Open
  HttpResponse<Page<ListedEventResponse>> list(
      @QueryValue @Nullable @Size(max = 200) String q,
      @QueryValue @Nullable @Size(max = 200) String city,
      @QueryValue @Nullable @Size(max = 100) String category,
      @QueryValue @Nullable @Pattern(regexp = "demand|periodic") String type,
      @QueryValue @Nullable @Pattern(regexp = "scheduled|active|completed|cancelled") String status,
      @QueryValue @Nullable OffsetDateTime from,
      @QueryValue @Nullable OffsetDateTime to,
      @QueryValue("price_min") @Nullable @Min(0) @Max(99_999_999) Long priceMin,
      @QueryValue("price_max") @Nullable @Min(0) @Max(99_999_999) Long priceMax,
      @QueryValue @Nullable @Pattern(regexp = "[A-Z]{3}") String currency,
      @QueryValue @Nullable @Size(max = 100) String near,
      @QueryValue("radius_m") @Nullable @Min(1) @Max(1_000_000) Long radiusM,
      @QueryValue("organization_id") @Nullable UUID organizationId,
      @QueryValue @Nullable @Pattern(regexp = CatalogueSort.PATTERN) String sort,
      PageRequest page) {
    if (from != null && to != null && !to.isAfter(from)) {
      throw ProblemException.invalidParameter("to", "after", "must be after from");
    }
    if (priceMin != null && priceMax != null && priceMax < priceMin) {
      throw ProblemException.invalidParameter(
          "price_max", "min", "must not be less than price_min");
    }
    if (near == null && radiusM != null) {
      throw ProblemException.invalidParameter("radius_m", "requires", "is for near only");
    }
    CatalogueSort order =
        sort == null ? CatalogueSort.START : CatalogueSort.find(sort).orElseThrow();
    if (near == null && order == CatalogueSort.DISTANCE) {
      throw ProblemException.invalidParameter("sort", "requires", "distance is for near only");
    }
    CatalogueQuery query =
        new CatalogueQuery(
            Words.of(q),
            given(city),
            given(category),
            type,
            status,
            from == null ? null : from.toInstant(),
            to == null ? null : to.toInstant(),
            priceMin,
            priceMax,
            currency,
            near == null ? null : Near.parse(near),
            radiusM == null ? Near.RADIUS_METRES : radiusM,
            organizationId,
            order);
    return cached(listEvents.list(query, page, minute()));
  }

  /// Blank is as if it was not given.
  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /// One public or unlisted event, by its id or its slug.
  @Get("/{event}")
  @Open
  HttpResponse<CatalogueEventResponse> get(@PathVariable("event") String event) {
    Instant now = minute();
    PublicEvent found = find(event);
    List<PublicDate> dates =
        catalogue.dates(found.id(), now, null, null, CatalogueEventResponse.DATES + 1);
    if (dates.isEmpty()) {
      dates = catalogue.lastDate(found.id()).stream().toList();
    }
    return cached(CatalogueEventResponse.of(found, dates, now));
  }

  /// The dates of one public or unlisted event, in their order; cancelled ones too.
  ///
  /// @param from dates that end after it; now, when not given
  /// @param to dates that begin before it
  @Get("/{event}/dates")
  @Open
  HttpResponse<Page<CatalogueDateResponse>> dates(
      @PathVariable("event") String event,
      @QueryValue @Nullable OffsetDateTime from,
      @QueryValue @Nullable OffsetDateTime to,
      PageRequest page) {
    if (from != null && to != null && !to.isAfter(from)) {
      throw ProblemException.invalidParameter("to", "after", "must be after from");
    }
    Instant now = minute();
    Cursor cursor = page.after(Instant.class, Instant.class, UUID.class);
    Instant since = from != null ? from.toInstant() : cursor != null ? cursor.instant(0) : now;
    PublicEvent found = find(event);
    List<PublicDate> dates =
        catalogue.dates(
            found.id(),
            since,
            to == null ? null : to.toInstant(),
            cursor == null ? null : new DateKey(cursor.instant(1), cursor.uuid(2)),
            page.limit() + 1);
    return cached(
        page.by(
            dates,
            date -> Cursor.of(since, date.startsAt(), date.occurrence()),
            date -> CatalogueDateResponse.of(date, found, now)));
  }

  private PublicEvent find(String event) {
    return findByIdOrSlug(event).orElseThrow(() -> ProblemException.notFound("event"));
  }

  private Optional<PublicEvent> findByIdOrSlug(String event) {
    try {
      return catalogue.find(new EventId(Texts.uuid(event)));
    } catch (IllegalArgumentException e) {
      return SLUG.matcher(event).matches() ? catalogue.find(event) : Optional.empty();
    }
  }

  /// Whoever asks within the same minute hears the same.
  private Instant minute() {
    return time.instant().truncatedTo(ChronoUnit.MINUTES);
  }

  static <T> HttpResponse<T> cached(T body) {
    return HttpResponse.ok(body).header(HttpHeaders.CACHE_CONTROL, CACHED);
  }
}
