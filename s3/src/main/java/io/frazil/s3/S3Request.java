package io.frazil.s3;

import io.frazil.engine.store.StoreRequests;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.http.SdkHttpMethod;

/// One request, before it is signed.
///
/// @param query parameters by name, not encoded
/// @param headers besides those of the signature and of the body's length
record S3Request(
    SdkHttpMethod method,
    S3Location at,
    Map<String, String> query,
    Map<String, String> headers,
    Optional<Body> body) {

  /// The first `length` of some bytes, which stay as they are until the answer has come.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Body(byte[] bytes, int length, String type) {}

  S3Request {
    query = Collections.unmodifiableMap(new TreeMap<>(query));
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
  }

  static S3Request of(SdkHttpMethod method, S3Location at) {
    return new S3Request(method, at, Map.of(), Map.of(), Optional.empty());
  }

  static S3Request get(S3Location at) {
    return of(SdkHttpMethod.GET, at);
  }

  static S3Request head(S3Location at) {
    return of(SdkHttpMethod.HEAD, at);
  }

  static S3Request put(S3Location at, byte[] bytes, int length) {
    return of(SdkHttpMethod.PUT, at).with(new Body(bytes, length, "application/octet-stream"));
  }

  /// A request whose body is XML, or nothing.
  static S3Request post(S3Location at, byte[] xml) {
    return of(SdkHttpMethod.POST, at).with(new Body(xml, xml.length, "application/xml"));
  }

  static S3Request delete(S3Location at) {
    return of(SdkHttpMethod.DELETE, at);
  }

  S3Request query(String name, String value) {
    return new S3Request(method, at, with(query, name, value), headers, body);
  }

  S3Request header(String name, String value) {
    return new S3Request(method, at, query, with(headers, name, value), body);
  }

  /// Counts it in its price class. Deleting is free.
  void count(StoreRequests requests) {
    if (query.containsKey(S3Listing.LIST_TYPE)) {
      requests.addPut();
      return;
    }
    switch (method) {
      case GET, HEAD -> requests.addGet();
      case PUT, POST -> requests.addPut();
      case DELETE, PATCH, OPTIONS -> {
        // Not paid for, or not made.
      }
    }
  }

  private S3Request with(Body other) {
    return new S3Request(method, at, query, headers, Optional.of(other));
  }

  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    var more = new TreeMap<>(map);
    more.put(name, value);
    return more;
  }
}
