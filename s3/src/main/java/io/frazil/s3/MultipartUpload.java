package io.frazil.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An object that comes in parts and exists once it is completed.
final class MultipartUpload {
  private static final int NOT_FOUND = 404;

  private final S3Put put;
  private final String id;
  private final List<String> etags = new ArrayList<>();

  private MultipartUpload(S3Put put, String id) {
    this.put = put;
    this.id = id;
  }

  static MultipartUpload begin(S3Put put) throws IOException {
    S3Request request =
        S3Request.post(put.at(), new byte[0])
            .query("uploads", "")
            .header(S3Put.WRITER_HEADER, put.writer());
    return new MultipartUpload(put, put.calls().call(request, a -> field(a, "UploadId")));
  }

  /// Begins to send the next part. Its bytes stay as they are until [Flight#land].
  ///
  /// @return the part's etag, which [#uploaded] takes
  Flight<String> send(int number, byte[] bytes, int length) {
    S3Request request =
        S3Request.put(put.at(), bytes, length)
            .query("partNumber", String.valueOf(number))
            .query("uploadId", id);
    return Flight.start(() ->
        put.calls()
            .call(
                request,
                answer -> {
                  String etag = answer.etag();
                  answer.text();
                  return etag;
                }));
  }

  /// The next part, in their order, has arrived.
  void uploaded(String etag) {
    etags.add(etag);
  }

  /// Makes the object exist, unless another does.
  ///
  /// @return whether it is this one
  boolean complete() throws IOException {
    S3Request request =
        S3Request.post(put.at(), partList()).query("uploadId", id).header("If-None-Match", "*");
    try {
      return put.calls().call(request, answer -> completed(answer));
    } catch (S3Error e) {
      // An upload that is gone was completed: by this writer, whose reply was lost.
      if (S3Put.mayExist(e) || e.status() == NOT_FOUND) {
        return put.ownVersionAfter(e).isPresent();
      }
      throw e;
    }
  }

  /// Throws the parts away. Those of an upload that was completed are gone already.
  void abort() throws IOException {
    try {
      put.calls().call(S3Request.delete(put.at()).query("uploadId", id), S3Answer::text);
    } catch (S3Error e) {
      if (e.status() != NOT_FOUND) {
        throw e;
      }
    }
  }

  // S3 begins to answer before it knows: a failure comes as 200 with an error in it.
  private static boolean completed(S3Answer answer) throws IOException {
    S3Xml.Document document = S3Xml.parse(answer.text());
    if (!document.root().equals("CompleteMultipartUploadResult")) {
      throw new S3Error(
          500,
          document.fields().getOrDefault("Code", ""),
          document.fields().getOrDefault("Message", ""),
          Optional.empty());
    }
    return true;
  }

  private byte[] partList() {
    var xml = new StringBuilder("<CompleteMultipartUpload>");
    for (int i = 0; i < etags.size(); i++) {
      xml.append("<Part><PartNumber>").append(i + 1).append("</PartNumber><ETag>\"");
      xml.append(S3Xml.escaped(etags.get(i))).append("\"</ETag></Part>");
    }
    return S3Xml.bytes(xml.append("</CompleteMultipartUpload>"));
  }

  private static String field(S3Answer answer, String name) throws IOException {
    String value = S3Xml.parse(answer.text()).fields().get(name);
    if (value == null || value.isEmpty()) {
      throw new IOException("the answer has no " + name);
    }
    return value;
  }
}
