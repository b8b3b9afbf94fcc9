package app.turnout.platform.http;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which page of a list is asked for: `?limit=` (1 to 100, 20 when not given) and `&cursor=`. A
/// controller's method takes it as an argument. A repository is asked for one element more than
/// [#limit], which tells whether there is a next page.
///
/// @param cursor `next_cursor` of the page before; null for the first page
public record PageRequest(int limit, @Nullable String cursor) {
  static final int DEFAULT_LIMIT = 20;
  static final int GREATEST_LIMIT = 100;

  /// The last element of the page before in a list ordered by its ids; null for the first page. 400
  /// when the cursor is not one of such a list.
  public @Nullable UUID afterId() {
    Cursor cursor = after(UUID.class);
    return cursor == null ? null : cursor.uuid(0);
  }

  /// What the page before ended with, in a list ordered by several things; null for the first page.
  /// 400 when the cursor has other parts.
  public @Nullable Cursor after(Class<?>... parts) {
    return cursor == null ? null : Cursor.decode(cursor, parts);
  }

  /// The page of what was found in the order of the ids.
  public <T, R> Page<R> of(List<T> found, Function<T, UUID> id, Function<T, R> response) {
    return by(found, element -> Cursor.of(id.apply(element)), response);
  }

  /// The page of what was found in the order of the keys.
  public <T, R> Page<R> by(List<T> found, Function<T, Cursor> key, Function<T, R> response) {
    List<T> shown = found.subList(0, Math.min(limit, found.size()));
    String next = found.size() > limit ? key.apply(shown.getLast()).encode() : null;
    return new Page<>(shown.stream().map(response).toList(), next);
  }
}
