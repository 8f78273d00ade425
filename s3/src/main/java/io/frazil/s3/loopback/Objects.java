package io.frazil.s3.loopback;

import io.frazil.s3.loopback.LoopbackServer.Answer;
import io.frazil.s3.loopback.LoopbackServer.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/// The objects by path, and what is said to requests for them.
final class Objects {
  private static final Answer NOT_FOUND = error(404, "NoSuchKey");
  private static final Answer PRECONDITION_FAILED = error(412, "PreconditionFailed");
  private static final String PREFIX = "prefix=";
  private static final String BYTES = "bytes=";

  private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong versions = new AtomicLong();

  /// @param metadata headers that came with it and go with it
  private record Entry(byte[] content, String etag, Map<String, String> metadata) {}

  private static Answer error(int status, String code) {
    byte[] body =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>%s</Code><Message>-</Message><RequestId>-</RequestId></Error>\
        """
            .formatted(code)
            .getBytes(StandardCharsets.UTF_8);
    return new Answer(status, Map.of("Content-Type", "application/xml"), body, 0, body.length);
  }

  Answer answer(Request request) {
    return switch (request.method()) {
      case "GET", "HEAD" -> request.query().isEmpty() ? get(request) : list(request);
      case "PUT" -> put(request);
      case "DELETE" -> delete(request);
      default -> Answer.of(405);
    };
  }

  void removeAll(String prefix) {
    entries.keySet().removeIf(path -> path.startsWith(prefix));
  }

  private Answer get(Request request) {
    Entry entry = entries.get(request.path());
    if (entry == null) {
      return NOT_FOUND;
    }
    if (!request.header("if-match").map(entry.etag::equals).orElse(true)) {
      return PRECONDITION_FAILED;
    }
    var headers = new HashMap<String, String>(entry.metadata);
    headers.put("ETag", entry.etag);
    int size = entry.content.length;
    Optional<String> range = request.header("range");
    if (range.isEmpty()) {
      return new Answer(200, headers, entry.content, 0, size);
    }
    if (size == 0) {
      return Answer.of(416);
    }
    String[] bounds = range.get().substring(BYTES.length()).split("-", -1);
    int from = bounds[0].isEmpty() ? Math.max(0, size - number(bounds[1])) : number(bounds[0]);
    int last = bounds[0].isEmpty() ? size - 1 : Math.min(size - 1, number(bounds[1]));
    headers.put("Content-Range", "bytes " + from + "-" + last + "/" + size);
    return new Answer(206, headers, entry.content, from, last - from + 1);
  }

  /// All objects of a bucket whose keys begin with the query's `prefix`, on one page.
  private Answer list(Request request) {
    String prefix = "";
    for (String parameter : request.query().split("&", -1)) {
      if (parameter.startsWith(PREFIX)) {
        prefix = URLDecoder.decode(parameter.substring(PREFIX.length()), StandardCharsets.UTF_8);
      }
    }
    String bucket = request.path().endsWith("/") ? request.path() : request.path() + "/";
    String wanted = bucket + prefix;
    var page = new StringBuilder("<ListBucketResult>");
    entries.forEach((path, entry) -> {
      if (path.startsWith(wanted)) {
        page.append("<Contents><Key>")
            .append(path, bucket.length(), path.length())
            .append("</Key><Size>")
            .append(entry.content.length)
            .append("</Size><ETag>")
            .append(entry.etag)
            .append("</ETag></Contents>");
      }
    });
    byte[] body = page.append("</ListBucketResult>").toString().getBytes(StandardCharsets.UTF_8);
    return new Answer(200, Map.of(), body, 0, body.length);
  }

  private Answer put(Request request) {
    var metadata = new HashMap<String, String>(request.headers());
    metadata.keySet().removeIf(name -> !name.startsWith("x-amz-meta-"));
    var entry =
        new Entry(request.body(), "\"" + versions.incrementAndGet() + "\"", Map.copyOf(metadata));
    Optional<String> expected = request.header("if-match");
    Entry now =
        entries.compute(
            request.path(),
            (_, old) -> {
              boolean wanted =
                  expected.isPresent()
                      ? old != null && old.etag.equals(expected.get())
                      : old == null || request.header("if-none-match").isEmpty();
              return wanted ? entry : old;
            });
    if (now == entry) {
      return new Answer(200, Map.of("ETag", entry.etag), new byte[0], 0, 0);
    }
    return now == null ? NOT_FOUND : PRECONDITION_FAILED;
  }

  private Answer delete(Request request) {
    entries.remove(request.path());
    return Answer.of(204);
  }

  private static int number(String digits) {
    return Math.clamp(Long.parseLong(digits), 0, Integer.MAX_VALUE);
  }
}
