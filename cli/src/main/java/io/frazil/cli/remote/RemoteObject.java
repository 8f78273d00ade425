package io.frazil.cli.remote;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.events.ResultLocation;
import java.util.Objects;
import java.util.function.Supplier;

/// A result by its link, fetched in large pieces from front to back as it is read; a link that has
/// expired meanwhile is asked for again.
final class RemoteObject implements ObjectReader {
  private static final int PIECE_BYTES = 8 << 20;

  private final Requests requests;
  private final Supplier<ResultLocation> links;
  private final ObjectInfo info;

  // All below is guarded by this.
  private ResultLocation link;
  private byte[] piece = new byte[0];
  private long start;

  RemoteObject(Requests requests, Supplier<ResultLocation> links) {
    this.requests = requests;
    this.links = links;
    this.link = links.get();
    this.info = new ObjectInfo("the result of query " + link.query(), link.bytes(), link.query());
  }

  @Override
  public ObjectInfo info() {
    return info;
  }

  @Override
  public synchronized void read(long position, byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    Objects.checkFromIndexSize(position, length, info.size());
    int done = 0;
    while (done < length) {
      long at = position + done;
      if (at < start || at >= start + piece.length) {
        fetch(at);
      }
      int from = (int) (at - start);
      int count = Math.min(length - done, piece.length - from);
      System.arraycopy(piece, from, into, offset + done, count);
      done += count;
    }
  }

  /// The piece that begins there, or at the object's end what lies before too: the index of a file
  /// stands there.
  private void fetch(long at) {
    long first = Math.max(0, Math.min(at, info.size() - (PIECE_BYTES >> 6)));
    long last = Math.min(info.size(), first + PIECE_BYTES) - 1;
    Reply reply = requests.range(link.location(), first, last);
    if (isExpired(reply)) {
      link = links.get();
      reply = requests.range(link.location(), first, last);
    }
    boolean whole = reply.status() == 200 && reply.body().length == info.size();
    if (!whole && (reply.status() != 206 || reply.body().length != last - first + 1)) {
      throw new FrazilException(
          ErrorCode.STORE_UNAVAILABLE,
          "The result cannot be fetched from where it lies: it was answered %d"
              .formatted(reply.status()));
    }
    piece = reply.body();
    start = whole ? 0 : first;
  }

  /// Of its own time S3 says 403; where the credentials that signed it ended before, 400.
  private static boolean isExpired(Reply reply) {
    return reply.status() == 403 || reply.status() == 400;
  }

  @Override
  public synchronized void close() {
    piece = new byte[0];
  }
}
