package app.turnout.events.catalogue;

import app.turnout.events.catalogue.CatalogueRepository.Found;
import app.turnout.events.catalogue.CatalogueStatement.Position;
import app.turnout.platform.http.Cursor;
import app.turnout.platform.http.Page;
import app.turnout.platform.http.PageRequest;
import app.turnout.platform.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Pages of one query, which are all as of the moment of the first.
@Singleton
final class ListEvents {
  private final CatalogueRepository catalogue;

  ListEvents(CatalogueRepository catalogue) {
    this.catalogue = catalogue;
  }

  /// Throws ProblemException naming `cursor` when it is not one of this query.
  Page<ListedEventResponse> list(CatalogueQuery query, PageRequest page, Instant now) {
    Cursor cursor = page.after(Long.class, Instant.class, key(query.sort()), UUID.class);
    if (cursor != null && cursor.number(0) != query.fingerprint()) {
      throw ProblemException.invalidParameter(
          "cursor", "cursor", "must be the next_cursor of a page of this list");
    }
    Instant moment = cursor == null ? now : cursor.instant(1);
    List<Found> found =
        catalogue.list(query, position(query.sort(), cursor), page.limit() + 1, moment);
    return page.by(
        found,
        last ->
            Cursor.of(
                query.fingerprint(),
                moment,
                last.sortKey() instanceof Double distance
                    ? (Object) Double.doubleToRawLongBits(distance)
                    : last.sortKey(),
                last.event().id().value()),
        one -> ListedEventResponse.of(one.event(), moment));
  }

  private static Class<?> key(CatalogueSort sort) {
    return switch (sort) {
      case START, LATEST_START -> Instant.class;
      case TITLE -> String.class;
      case PRICE, DISTANCE -> Long.class;
      case NEWEST -> UUID.class;
    };
  }

  private static @Nullable Position position(CatalogueSort sort, @Nullable Cursor cursor) {
    if (cursor == null) {
      return null;
    }
    Object key = cursor.parts().get(2);
    return new Position(
        sort == CatalogueSort.DISTANCE ? Double.longBitsToDouble((Long) key) : key, cursor.uuid(3));
  }
}
