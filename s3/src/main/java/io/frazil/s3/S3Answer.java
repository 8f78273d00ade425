package io.frazil.s3;

import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/// An answer that is not an error. Closing gives its connection back if the body was read to its
/// end, and breaks it off otherwise.
final class S3Answer implements AutoCloseable {
  private static final int PARTIAL_CONTENT = 206;

  /// No answer but an object's own bytes is longer.
  private static final int TEXT_BYTES_MAX = 16 << 20;

  private final SdkHttpResponse head;
  private final @Nullable AbortableInputStream body;
  private boolean drained;

  S3Answer(HttpExecuteResponse response) {
    this.head = response.httpResponse();
    this.body = response.responseBody().orElse(null);
  }

  int status() {
    return head.statusCode();
  }

  Optional<String> header(String name) {
    return head.firstMatchingHeader(name);
  }

  /// How long the body says it is.
  ///
  /// @throws IOException where it does not say
  long length() throws IOException {
    return number(header("Content-Length").orElseThrow(() -> new IOException("no Content-Length")));
  }

  /// How long the object is of which the body is all or a part.
  long objectLength() throws IOException {
    if (status() != PARTIAL_CONTENT) {
      return length();
    }
    // As `bytes 100-199/200`.
    String range = header("Content-Range").orElse("");
    return number(range.substring(range.lastIndexOf('/') + 1));
  }

  /// The object's version, without quotes.
  String etag() throws IOException {
    return unquoted(header("ETag").orElseThrow(() -> new IOException("no ETag in the answer")));
  }

  /// Reads exactly `length` bytes.
  void read(byte[] into, int offset, int length) throws IOException {
    int count = body == null ? 0 : body.readNBytes(into, offset, length);
    if (count < length) {
      throw new EOFException("the answer ended after %d of %d bytes".formatted(count, length));
    }
    drained = true;
  }

  /// The whole body, which is text for programs.
  byte[] text() throws IOException {
    if (body == null) {
      return new byte[0];
    }
    byte[] bytes = body.readNBytes(TEXT_BYTES_MAX + 1);
    if (bytes.length > TEXT_BYTES_MAX) {
      throw new IOException("the answer is longer than " + TEXT_BYTES_MAX + " bytes");
    }
    drained = true;
    return bytes;
  }

  @Override
  public void close() throws IOException {
    if (body == null) {
      return;
    }
    if (drained) {
      body.close();
    } else {
      body.abort();
    }
  }

  static String unquoted(String etag) {
    boolean quoted = etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"");
    return quoted ? etag.substring(1, etag.length() - 1) : etag;
  }

  static long number(String digits) throws IOException {
    try {
      return Long.parseLong(digits.strip());
    } catch (NumberFormatException e) {
      throw new IOException("'" + digits + "' is not a number of bytes", e);
    }
  }
}
