package io.frazil.s3;

import io.frazil.engine.store.ObjectInfo;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists a bucket page by page.
final class S3Listing {
  /// What a listing has in its query and nothing else has.
  static final String LIST_TYPE = "list-type";

  /// The most that S3 puts on a page.
  private static final int PAGE = 1_000;

  private final S3Calls calls;
  private final S3Location prefix;

  S3Listing(S3Calls calls, S3Location prefix) {
    this.calls = calls;
    this.prefix = prefix;
  }

  /// Takes pages as they come.
  interface Page {
    void take(List<ObjectInfo> objects) throws IOException;
  }

  /// Everything, in order of location.
  List<ObjectInfo> all() throws IOException {
    var found = new ArrayList<ObjectInfo>();
    pages(found::addAll);
    // S3 orders by UTF-8 bytes, which differs from the order of Java's strings beyond the first
    // 65,536 characters.
    found.sort(Comparator.comparing(ObjectInfo::location));
    return List.copyOf(found);
  }

  /// The first behind a key, in S3's order.
  ///
  /// @param after empty for the very first
  List<ObjectInfo> first(String after, int most) throws IOException {
    var found = new ArrayList<ObjectInfo>();
    String token = null;
    do {
      S3Request request =
          request(token).query("max-keys", String.valueOf(Math.min(PAGE, most - found.size())));
      S3Xml.Document page =
          page(after.isEmpty() || token != null ? request : request.query("start-after", after));
      found.addAll(objects(page));
      token = next(page);
    } while (token != null && found.size() < most);
    return List.copyOf(found.subList(0, Math.min(most, found.size())));
  }

  void pages(Page each) throws IOException {
    String token = null;
    do {
      S3Xml.Document page = page(request(token));
      each.take(objects(page));
      token = next(page);
    } while (token != null);
  }

  private S3Xml.Document page(S3Request request) throws IOException {
    return calls.call(request, answer -> S3Xml.parse(answer.text()));
  }

  private static @Nullable String next(S3Xml.Document page) throws IOException {
    boolean more = Boolean.parseBoolean(page.fields().get("IsTruncated"));
    String token = more ? page.fields().get("NextContinuationToken") : null;
    if (more && token == null) {
      throw new IOException("the listing goes on but does not say where");
    }
    return token;
  }

  // Keys come percent-encoded: XML cannot hold all characters that a key can.
  private S3Request request(@Nullable String token) {
    S3Request first =
        S3Request.get(prefix.withKey(""))
            .query(LIST_TYPE, "2")
            .query("encoding-type", "url")
            .query("prefix", prefix.key());
    return token == null ? first : first.query("continuation-token", token);
  }

  private List<ObjectInfo> objects(S3Xml.Document page) throws IOException {
    var objects = new ArrayList<ObjectInfo>();
    for (S3Xml.Item item : page.items()) {
      if (item.name().equals("Contents")) {
        objects.add(object(item.fields()));
      }
    }
    return objects;
  }

  private ObjectInfo object(Map<String, String> fields) throws IOException {
    String key = URLDecoder.decode(field(fields, "Key"), StandardCharsets.UTF_8);
    return new ObjectInfo(
        prefix.withKey(key).toString(),
        S3Answer.number(field(fields, "Size")),
        S3Answer.unquoted(field(fields, "ETag")));
  }

  private static String field(Map<String, String> fields, String name) throws IOException {
    String value = fields.get(name);
    if (value == null) {
      throw new IOException("an object in the listing has no " + name);
    }
    return value;
  }
}
