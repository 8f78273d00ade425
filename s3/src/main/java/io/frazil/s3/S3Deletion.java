package io.frazil.s3;

import io.frazil.engine.store.ObjectInfo;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Removes objects, a page of a listing at a time.
record S3Deletion(S3Calls calls, S3Location prefix) {
  void all() throws IOException {
    new S3Listing(calls, prefix).pages(this::delete);
  }

  private void delete(List<ObjectInfo> objects) throws IOException {
    if (objects.isEmpty()) {
      return;
    }
    var xml = new StringBuilder("<Delete><Quiet>true</Quiet>");
    for (ObjectInfo object : objects) {
      String key = S3Location.object(object.location()).key();
      xml.append("<Object><Key>").append(S3Xml.escaped(key)).append("</Key></Object>");
    }
    byte[] body = S3Xml.bytes(xml.append("</Delete>"));
    S3Request request =
        S3Request.post(prefix.withKey(""), body)
            .query("delete", "")
            .header("Content-MD5", md5(body));
    calls.call(request, S3Deletion::check);
  }

  /// The answer to a request as a whole is yes, whatever became of each object.
  private static int check(S3Answer answer) throws IOException {
    List<S3Xml.Item> items = S3Xml.parse(answer.text()).items();
    for (S3Xml.Item item : items) {
      if (item.name().equals("Error")) {
        String code = item.fields().getOrDefault("Code", "");
        int status = code.equals("AccessDenied") ? 403 : 500;
        String message =
            "%s: %s"
                .formatted(
                    item.fields().getOrDefault("Key", ""),
                    item.fields().getOrDefault("Message", ""));
        throw new S3Error(status, code, message, Optional.empty());
      }
    }
    return items.size();
  }

  // Not for secrecy: S3 wants a sum of this request, of a kind that every store knows.
  private static String md5(byte[] body) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
