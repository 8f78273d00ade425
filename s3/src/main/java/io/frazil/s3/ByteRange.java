package io.frazil.s3;

import io.frazil.engine.store.ObjectInfo;
import java.io.IOException;
import java.util.Optional;

/// Some bytes of one version of an object.
///
/// @param object whose version is an etag without quotes, or empty for any of the same size
record ByteRange(S3Location at, ObjectInfo object, long position, int length) {
  private static final int PRECONDITION_FAILED = 412;

  S3Request request() {
    String range = "bytes=" + position + "-" + (position + length - 1);
    S3Request request = S3Request.get(at).header("Range", range);
    return object.version().isEmpty()
        ? request
        : request.header("If-Match", '"' + object.version() + '"');
  }

  /// Takes an answer's bytes.
  ///
  /// @return how many
  /// @throws IOException where these are others than were asked for, or fewer
  int read(S3Answer answer, byte[] into, int offset) throws IOException {
    if (object.version().isEmpty() && answer.objectLength() != object.size()) {
      // As S3 itself says it of another version.
      throw new S3Error(PRECONDITION_FAILED, "", "the size is another", Optional.empty());
    }
    boolean whole = answer.status() == 200 && position == 0;
    if ((answer.status() != 206 && !whole) || answer.length() != length) {
      throw new IOException(
          "%d bytes were asked for, the answer is %d with %d bytes"
              .formatted(length, answer.status(), answer.length()));
    }
    answer.read(into, offset, length);
    return length;
  }
}
