package io.frazil.s3;

import java.io.IOException;

/// Some bytes of one version of an object.
///
/// @param etag the version's, without quotes
record ByteRange(S3Location at, String etag, long position, int length) {
  S3Request request() {
    return S3Request.get(at)
        .header("Range", "bytes=%d-%d".formatted(position, position + length - 1))
        .header("If-Match", '"' + etag + '"');
  }

  /// Takes an answer's bytes.
  ///
  /// @return how many
  /// @throws IOException where these are others than were asked for, or fewer
  int read(S3Answer answer, byte[] into, int offset) throws IOException {
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
