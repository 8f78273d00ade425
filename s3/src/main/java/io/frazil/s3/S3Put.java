package io.frazil.s3;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/// Puts of which S3 lets one through. A reply may be lost, and the put that is then tried again
/// finds itself there already: each carries an id that tells whose the object is.
///
/// @param writer this put's own id
record S3Put(S3Calls calls, S3Location at, String writer) {
  static final String WRITER_HEADER = "x-amz-meta-frazil-writer";

  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  static S3Put to(S3Calls calls, S3Location at) {
    return new S3Put(calls, at, UUID.randomUUID().toString());
  }

  /// Makes an object that doesn't exist.
  ///
  /// @return whether it is this one that exists now
  boolean create(byte[] bytes, int length) throws IOException {
    S3Request request = S3Request.put(at, bytes, length).header("If-None-Match", "*");
    return etagOf(request).isPresent();
  }

  /// Puts bytes in the place of a version.
  ///
  /// @return the new version, or empty where another had taken the old one's place
  Optional<String> replace(byte[] bytes, String etag) throws IOException {
    return etagOf(S3Request.put(at, bytes, bytes.length).header("If-Match", '"' + etag + '"'));
  }

  /// Whether a failure may mean that the object is there: who wrote it has to be asked.
  static boolean mayExist(S3Error e) {
    return e.status() == PRECONDITION_FAILED || e.status() == CONFLICT;
  }

  /// The object's version if it is this put's, empty if it is another's.
  ///
  /// @throws IOException where there is none
  Optional<String> ownVersion() throws IOException {
    return calls.call(
        S3Request.head(at),
        answer ->
            answer.header(WRITER_HEADER).equals(Optional.of(writer))
                ? Optional.of(answer.etag())
                : Optional.empty());
  }

  private Optional<String> etagOf(S3Request request) throws IOException {
    try {
      return calls.call(
          request.header(WRITER_HEADER, writer),
          answer -> {
            String etag = answer.etag();
            answer.text();
            return Optional.of(etag);
          });
    } catch (S3Error e) {
      if (!mayExist(e)) {
        throw e;
      }
      return ownVersionAfter(e);
    }
  }

  /// Where two writers were in each other's way and none has won, that remains the failure.
  Optional<String> ownVersionAfter(S3Error refusal) throws IOException {
    try {
      return ownVersion();
    } catch (S3Error e) {
      if (e.status() == NOT_FOUND) {
        throw refusal;
      }
      throw e;
    }
  }
}
