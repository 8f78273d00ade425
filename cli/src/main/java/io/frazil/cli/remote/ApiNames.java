package io.frazil.cli.remote;

import io.frazil.coordinator.http.HttpDoor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Names as the HTTP API lists them: no query is run for them.
record ApiNames(Requests requests) implements RemoteCatalog.Names {
  private static final String PATH = "/v1/tables";

  /// What of a listing is fetched; who has more names than that completes the first of them.
  private static final int PAGES_MAX = 10;

  private static final int PAGE_NAMES = 10_000;

  @Override
  public List<String> schemas() {
    return all(PATH, HttpDoor.Schemas.class, HttpDoor.Schemas::schemas, HttpDoor.Schemas::next);
  }

  @Override
  public List<String> tables(String schema) {
    return isSayable(schema)
        ? all(
            PATH + "/" + encoded(schema),
            HttpDoor.Tables.class,
            HttpDoor.Tables::tables,
            HttpDoor.Tables::next)
        : List.of();
  }

  @Override
  public List<String> columns(String schema, String table) {
    return isSayable(schema) && isSayable(table)
        ? all(
            PATH + "/" + encoded(schema) + "/" + encoded(table),
            HttpDoor.Table.class,
            page -> page.columns().stream().map(HttpDoor.Column::name).toList(),
            HttpDoor.Table::next)
        : List.of();
  }

  private <T> List<String> all(
      String path,
      Class<T> type,
      Function<T, List<String>> names,
      Function<T, @Nullable String> next) {
    var all = new ArrayList<String>();
    String page = "";
    for (int pages = 0; pages < PAGES_MAX; pages++) {
      T listed = requests.get(path + "?limit=" + PAGE_NAMES + page).as(type);
      all.addAll(names.apply(listed));
      String following = next.apply(listed);
      if (following == null) {
        break;
      }
      page = "&page=" + encoded(following);
    }
    return List.copyOf(all);
  }

  /// API Gateway decodes paths before it divides them.
  private static boolean isSayable(String name) {
    return name.indexOf('/') < 0 && name.indexOf('?') < 0;
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
