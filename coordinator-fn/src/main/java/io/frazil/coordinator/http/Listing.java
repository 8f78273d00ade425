package io.frazil.coordinator.http;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A page of what a catalog lists. The catalog gives it whole each time: pages bound the answers.
///
/// @param next the `page` that follows; null where this is the last
record Listing<T>(List<T> items, @Nullable String next) {
  static final List<String> PARAMETERS = List.of("page", "limit");

  /// Names may have some 250 characters: as many as this fit into an answer.
  static final int ITEMS_MAX = 10_000;

  static final int ITEMS = 1_000;

  /// Of names in order. A page begins behind the last name of the one before, wherever that is by
  /// now: what others add or drop meanwhile moves nothing.
  ///
  /// @throws FrazilException INVALID_ARGUMENT
  static Listing<String> ofNames(List<String> names, QueryString query) {
    String after = query.text("page").orElse("");
    List<String> left = names.stream().filter(name -> name.compareTo(after) > 0).toList();
    return of(left, query.number("limit", ITEMS, ITEMS_MAX), List::getLast);
  }

  /// Of what stands in an order of its own; a page is named by how many come before it.
  ///
  /// @throws FrazilException INVALID_ARGUMENT
  static <T> Listing<T> ofPositions(List<T> all, QueryString query) {
    int from = position(query.text("page").orElse("0"));
    List<T> left = all.subList(Math.min(from, all.size()), all.size());
    return of(
        left,
        query.number("limit", ITEMS, ITEMS_MAX),
        shown -> String.valueOf(from + shown.size()));
  }

  private static <T> Listing<T> of(List<T> left, int most, Function<List<T>, String> next) {
    if (left.size() <= most) {
      return new Listing<>(List.copyOf(left), null);
    }
    List<T> shown = List.copyOf(left.subList(0, most));
    return new Listing<>(shown, next.apply(shown));
  }

  private static int position(String page) {
    if (!page.matches("[0-9]{1,9}")) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "'%s' is not a page: take what 'next' says".formatted(page));
    }
    return Integer.parseInt(page);
  }
}
