package io.frazil.cli.serve;

import com.sun.net.httpserver.HttpExchange;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectLinks;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Objects of this machine by links, as a store on AWS has presigned URLs: whoever has one may read
/// that object for a while, and nobody can guess one.
public final class LocalDownloads implements ObjectLinks {
  static final String PATH = "/downloads/";

  private static final int TOKEN_BYTES = 18;
  private static final int PIECE_BYTES = 1 << 16;

  private final ObjectStore store;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Given> links = new ConcurrentHashMap<>();

  public LocalDownloads(ObjectStore store) {
    this.store = store;
  }

  private record Given(String location, long endNanos) {
    boolean isOver() {
      return System.nanoTime() - endNanos > 0;
    }
  }

  @Override
  public Link link(String location, Duration lasting) {
    links.values().removeIf(Given::isOver);
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    links.put(token, new Given(location, System.nanoTime() + lasting.toNanos()));
    return new Link(PATH + token, Instant.now().plus(lasting));
  }

  /// Answers a request to such a link with the object or the range of it that is asked for.
  void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Given link = links.get(exchange.getRequestURI().getPath().substring(PATH.length()));
      boolean reads = exchange.getRequestMethod().equals("GET");
      if (!reads || link == null || link.isOver()) {
        exchange.sendResponseHeaders(reads ? 403 : 405, -1);
        return;
      }
      send(exchange, link.location());
    }
  }

  private void send(HttpExchange exchange, String location) throws IOException {
    try (ObjectReader object = store.open(location)) {
      long size = object.info().size();
      ByteRange range = ByteRange.of(exchange.getRequestHeaders().getFirst("Range"), size);
      var headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "application/octet-stream");
      headers.set("Accept-Ranges", "bytes");
      headers.set("Cache-Control", "no-store");
      if (range == null) {
        headers.set("Content-Range", "bytes */" + size);
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      if (range.isPart()) {
        headers.set("Content-Range", range.header());
      }
      exchange.sendResponseHeaders(
          range.isPart() ? 206 : 200, range.length() == 0 ? -1 : range.length());
      copy(object, range, exchange.getResponseBody());
    } catch (FrazilException e) {
      // The query's objects are gone with its server's folder.
      exchange.sendResponseHeaders(404, -1);
    }
  }

  private static void copy(ObjectReader object, ByteRange range, OutputStream out)
      throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    long position = range.first();
    long end = range.first() + range.length();
    while (position < end) {
      int length = (int) Math.min(piece.length, end - position);
      object.read(position, piece, 0, length);
      out.write(piece, 0, length);
      position += length;
    }
  }

  /// Bytes of an object of `size`.
  private record ByteRange(long first, long length, long size) {
    /// From `bytes=0-9`, `bytes=5-` or `bytes=-3`; all without a header, or with one of another
    /// kind, as HTTP has it; null where the object has no such bytes.
    static @Nullable ByteRange of(@Nullable String header, long size) {
      if (header == null || !header.matches("bytes=(\\d{1,18}-\\d{0,18}|-\\d{1,18})")) {
        return new ByteRange(0, size, size);
      }
      String range = header.substring("bytes=".length());
      int dash = range.indexOf('-');
      String last = range.substring(dash + 1);
      if (dash == 0) {
        long length = Math.min(size, Long.parseLong(last));
        return length == 0 ? null : new ByteRange(size - length, length, size);
      }
      long first = Long.parseLong(range.substring(0, dash));
      long end = last.isEmpty() ? size : Math.min(size, Long.parseLong(last) + 1);
      return first >= end ? null : new ByteRange(first, end - first, size);
    }

    boolean isPart() {
      return length < size;
    }

    String header() {
      return "bytes %d-%d/%d".formatted(first, first + length - 1, size);
    }
  }
}
