package io.frazil.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// What a store does when S3 does what it does on bad days.
@Timeout(60)
class S3FaultsTest {
  private static final String AT = "s3://bucket/key";
  private static final String ETAG = "ETag: \"v1\"";
  private static final String SLOW_DOWN =
      "<Error><Code>SlowDown</Code><Message>slower please</Message></Error>";
  private static final String UPLOAD =
      "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>";
  private static final int SIZE = S3ObjectStore.TAIL_BYTES + 10;

  private ScriptedServer server;
  private S3ObjectStore store;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    store = store(Duration.ofSeconds(30), Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() throws IOException {
    assertThat(store.bufferedBytes()).as("what is buffered at the end").isZero();
    store.close();
    server.close();
  }

  @Test
  void requestsAreSignedAndSayWhatTheyWant() {
    server.then(200, "", ETAG);
    store.head("s3://bucket/a b");
    ScriptedServer.Request request = server.requests().getFirst();
    assertThat(request.line()).isEqualTo("HEAD /bucket/a%20b HTTP/1.1");
    assertThat(request.header("Authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=id/")
        .contains("/us-east-1/s3/aws4_request");
  }

  @Test
  void aBusyStoreIsAskedAgain() {
    server.then(503, SLOW_DOWN).then(500, "").thenReset().then(200, "1234567", ETAG);
    assertThat(store.head(AT).size()).isEqualTo(7);
    assertThat(server.lines()).hasSize(4);
  }

  @Test
  void aStoreThatStaysBusyIsGivenUp() {
    for (int i = 0; i < 6; i++) {
      server.then(503, SLOW_DOWN);
    }
    assertFails(
        ErrorCode.STORE_UNAVAILABLE,
        "'s3://bucket/' cannot be listed: S3 answers 503 SlowDown: slower please",
        () -> store.list("s3://bucket/"));
    assertThat(server.lines()).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "404 | NoSuchKey | FILE_NOT_FOUND | 's3://bucket/key' does not exist",
        "404 | NoSuchBucket | FILE_NOT_FOUND | 's3://bucket/key' cannot be read: there is no bucket"
            + " 'bucket'",
        "403 | AccessDenied | PERMISSION_DENIED | 's3://bucket/key' cannot be read: permission"
            + " denied (403 AccessDenied: no)",
        "400 | ExpiredToken | PERMISSION_DENIED | 's3://bucket/key' cannot be read: permission"
            + " denied (400 ExpiredToken: no)",
        "400 | KMS.DisabledException | PERMISSION_DENIED | 's3://bucket/key' cannot be read:"
            + " permission denied (400 KMS.DisabledException: no)",
        "400 | KMS.KMSInvalidStateException | PERMISSION_DENIED | 's3://bucket/key' cannot be read:"
            + " permission denied (400 KMS.KMSInvalidStateException: no)",
        "400 | InvalidRequest | INVALID_ARGUMENT | 's3://bucket/key' cannot be read: S3 answers 400"
            + " InvalidRequest: no",
        "405 | MethodNotAllowed | INVALID_ARGUMENT | 's3://bucket/key' cannot be read: S3 answers"
            + " 405 MethodNotAllowed: no",
        "409 | InvalidBucketState | STORE_UNAVAILABLE | 's3://bucket/key' cannot be read: S3"
            + " answers 409 InvalidBucketState: no",
        "412 | PreconditionFailed | FILE_CHANGED | 's3://bucket/key' is no longer the version it"
            + " was",
      })
  void whatStaysAsItIsIsNotAskedTwice(int status, String code, ErrorCode ours, String message) {
    server.then(status, "<Error><Code>" + code + "</Code><Message>no</Message></Error>");
    assertFails(ours, message, () -> store.open(AT));
    assertThat(server.lines()).hasSize(1);
  }

  @Test
  void aKeyThatIsBusyIsAskedForAgain() {
    String busy = "<Error><Code>KMS.ThrottlingException</Code></Error>";
    server.then(400, busy).then(200, "", ETAG);
    assertThat(commit("abc")).isTrue();
  }

  /// The answer to a HEAD has no body: expired credentials look like any other wrong request.
  @Test
  void aWrongRequestThatIsNotNamedMayPass() {
    server.then(400, "");
    assertFails(
        ErrorCode.STORE_UNAVAILABLE,
        "'s3://bucket/key' cannot be read: S3 answers 400: Scripted",
        () -> store.head(AT));
  }

  @Test
  void aBucketOfAnotherRegionIsSaidToBeThere() {
    server.then(301, "<Error><Code>PermanentRedirect</Code></Error>", "x-amz-bucket-region: eu-1");
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        "'s3://bucket/key' cannot be read: its bucket is in the region eu-1; set AWS_REGION to it",
        () -> store.open(AT));
  }

  @Test
  void errorsThatAreNoXmlAreErrors() {
    server.then(403, "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><Error>&b;</Error>");
    assertFails(
        ErrorCode.PERMISSION_DENIED,
        "'s3://bucket/key' cannot be read: permission denied (403: Scripted)",
        () -> store.open(AT));
  }

  @Test
  void aRangeCutShortIsReadAgain() {
    open();
    server.thenCutShort(206, "01234", 10, ETAG).then(206, "0123456789", ETAG);
    assertThat(read(0, 10)).isEqualTo("0123456789");
    assertThat(server.requests().get(2).header("Range")).isEqualTo("bytes=0-9");
    assertThat(server.requests().get(2).header("If-Match")).isEqualTo("\"v1\"");
  }

  @Test
  void aRangeOfAnotherLengthIsNotTaken() {
    open();
    server.then(206, "012345678", ETAG).then(200, "x", ETAG).then(206, "0123456789", ETAG);
    assertThat(read(0, 10)).isEqualTo("0123456789");
  }

  @Test
  void theEndOfAnObjectComesWithOpeningIt() {
    open();
    assertThat(read(10, 4)).isEqualTo("tttt");
    assertThat(server.lines()).containsExactly("GET /bucket/key");
  }

  @Test
  void aSlowReadIsAskedForASecondTime() {
    store.close();
    store = store(Duration.ofMillis(50), Duration.ofSeconds(30));
    open();
    server.thenNothing().then(206, "0123456789", ETAG);
    assertThat(read(0, 10)).isEqualTo("0123456789");
    assertThat(store.hedges()).isEqualTo(1);
    assertThat(server.lines()).hasSize(3);
  }

  @Test
  void aSlowReadWhoseSecondFailsIsWaitedFor() {
    store.close();
    store = store(Duration.ofMillis(50), Duration.ofSeconds(30));
    open();
    server
        .then((connection, _) -> {
          while (server.lines().size() < 3) {
            Thread.sleep(5);
          }
          Thread.sleep(50);
          ScriptedServer.write(connection, 206, "0123456789", 10, ETAG);
        })
        .then(403, "");
    assertThat(read(0, 10)).isEqualTo("0123456789");
    assertThat(store.hedges()).isEqualTo(1);
  }

  @Test
  void aSilentStoreIsNotWaitedForLongerThanItMay() {
    store.close();
    store = store(Duration.ofSeconds(30), Duration.ofMillis(100));
    for (int i = 0; i < 5; i++) {
      server.thenNothing();
    }
    assertThatThrownBy(() -> store.head(AT))
        .hasMessage("'s3://bucket/key' cannot be read: no answer in time");
    assertThat(server.lines()).hasSize(5);
  }

  @Test
  void closingAReaderEndsItsReads() throws Exception {
    open();
    server.thenNothing();
    ObjectReader reader = reader();
    var read =
        CompletableFuture.runAsync(
            () -> reader.read(0, new byte[10], 0, 10), Thread.ofVirtual()::start);
    while (server.lines().size() < 2) {
      Thread.sleep(5);
    }
    reader.close();
    assertThatThrownBy(read::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("aborted")
        .cause()
        .hasMessage("'s3://bucket/key' was closed while it was read");
  }

  @Test
  void anInterruptEndsARead() throws Exception {
    open();
    server.thenNothing();
    ObjectReader reader = reader();
    var failure = new CompletableFuture<FrazilException>();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                reader.read(0, new byte[10], 0, 10);
              } catch (FrazilException e) {
                failure.complete(e);
              }
            });
    while (server.lines().size() < 2) {
      Thread.sleep(5);
    }
    thread.interrupt();
    assertThat(failure.get().code()).isEqualTo(ErrorCode.CANCELLED);
  }

  @Test
  void aCommitWhoseReplyWasLostIsFoundToBeItsOwn() {
    server.thenReset().then(412, "").then((c, _) -> ownObject(c, 0));
    assertThat(commit("abc")).isTrue();
    assertThat(server.lines())
        .containsExactly("PUT /bucket/key", "PUT /bucket/key", "HEAD /bucket/key");
    assertThat(server.requests().getFirst().body()).isEqualTo("abc");
    assertThat(server.requests().getFirst().header("If-None-Match")).isEqualTo("*");
  }

  @Test
  void aCommitThatLostIsSaidToHaveLost() {
    server.then(412, "").then(200, "", ETAG, S3Put.WRITER_HEADER + ": another");
    assertThat(commit("abc")).isFalse();
  }

  @Test
  void aConflictIsTriedAgain() {
    String conflict = "<Error><Code>ConditionalRequestConflict</Code></Error>";
    server.then(409, conflict).then(200, "", ETAG);
    assertThat(commit("abc")).isTrue();
  }

  @Test
  void aConflictThatNobodyWonIsNoAnswer() {
    for (int i = 0; i < 5; i++) {
      server.then(409, "<Error><Code>ConditionalRequestConflict</Code></Error>");
    }
    server.then(404, "");
    assertFails(
        ErrorCode.STORE_UNAVAILABLE,
        "'s3://bucket/key' cannot be written: S3 answers 409 ConditionalRequestConflict: Scripted",
        () -> commit("abc"));
  }

  @Test
  void anUploadInPartsIsAbortedWhereItCannotBeCompleted() {
    server
        .then(200, UPLOAD)
        .then(200, "", "ETag: \"p1\"")
        .then(200, "", "ETag: \"p2\"")
        .then(200, "<Error><Code>InternalError</Code><Message>again</Message></Error>")
        .then(403, "<Error><Code>AccessDenied</Code></Error>")
        .then(204, "");
    assertFails(
        ErrorCode.PERMISSION_DENIED,
        "'s3://bucket/key' cannot be written: permission denied (403 AccessDenied: Scripted)",
        () -> commit("x".repeat(1500)));
    assertThat(server.lines().getFirst()).startsWith("POST /bucket/key?uploads");
    assertThat(server.lines().subList(1, 6))
        .containsExactly(
            "PUT /bucket/key?partNumber=1&uploadId=u1",
            "PUT /bucket/key?partNumber=2&uploadId=u1",
            "POST /bucket/key?uploadId=u1",
            "POST /bucket/key?uploadId=u1",
            "DELETE /bucket/key?uploadId=u1");
    assertThat(server.requests().get(3).body())
        .isEqualTo(
            "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"p1\"</ETag></Part>"
                + "<Part><PartNumber>2</PartNumber><ETag>\"p2\"</ETag></Part>"
                + "</CompleteMultipartUpload>");
  }

  @Test
  void anUploadWhoseCompletionWasLostIsFoundToBeItsOwn() {
    server
        .then(200, UPLOAD)
        .then(200, "", "ETag: \"p1\"")
        .then(200, "", "ETag: \"p2\"")
        .thenReset()
        .then(404, "<Error><Code>NoSuchUpload</Code></Error>")
        .then((c, _) -> ownObject(c, 0));
    assertThat(commit("x".repeat(1500))).isTrue();
    assertThat(server.lines()).hasSize(6);
  }

  @Test
  void aWriterThatIsClosedWhileAPartIsSentThrowsItAway() {
    server.then(200, UPLOAD).thenNothing().then(204, "");
    try (ObjectWriter writer = store.create(AT)) {
      writer.write(new byte[1500], 0, 1500);
      while (server.lines().size() < 2) {
        Thread.onSpinWait();
      }
    }
    assertThat(server.lines().getLast()).isEqualTo("DELETE /bucket/key?uploadId=u1");
  }

  @Test
  void listingsGoOnWhereAPageEnds() {
    server
        .then(
            200,
            page(
                "a%2F1",
                "<IsTruncated>true</IsTruncated>"
                    + "<NextContinuationToken>t/1=</NextContinuationToken>"))
        .then(200, page("a%2F2+x", "<IsTruncated>false</IsTruncated>"));
    assertThat(store.list("s3a://bucket/a/"))
        .extracting(o -> o.location() + " " + o.size() + " " + o.version())
        .containsExactly("s3a://bucket/a/1 5 e", "s3a://bucket/a/2 x 5 e");
    assertThat(server.lines().getLast())
        .contains("continuation-token=t%2F1%3D")
        .contains("prefix=a%2F")
        .startsWith("GET /bucket/?");
  }

  @Test
  void foldersAloneAreDeletedAsAWhole() {
    for (String location : new String[] {"s3://bucket/", "s3://bucket//", "s3://bucket/a"}) {
      assertFails(
          ErrorCode.INVALID_ARGUMENT,
          "'%s' is not a folder: it should be like s3://bucket/folder/".formatted(location),
          () -> store.deleteAll(location));
    }
    assertThat(server.lines()).isEmpty();
  }

  @Test
  void anObjectThatCannotBeDeletedIsNamed() {
    server
        .then(200, page("a%2F1", ""))
        .then(
            200,
            "<DeleteResult><Error><Key>a/1</Key><Code>AccessDenied</Code><Message>no</Message>"
                + "</Error></DeleteResult>");
    assertFails(
        ErrorCode.PERMISSION_DENIED,
        "'s3://bucket/a/' cannot be deleted: permission denied (403 AccessDenied: a/1: no)",
        () -> store.deleteAll("s3://bucket/a/"));
  }

  /// Lets the store open an object of `SIZE` bytes, whose last are `t`.
  private void open() {
    server.then(
        206,
        "t".repeat(S3ObjectStore.TAIL_BYTES),
        ETAG,
        "Content-Range: bytes 10-%d/%d".formatted(SIZE - 1, SIZE));
  }

  private ObjectReader reader() {
    ObjectReader reader = store.open(AT);
    assertThat(reader.info().size()).isEqualTo(SIZE);
    return reader;
  }

  private String read(long position, int length) {
    try (ObjectReader reader = reader()) {
      byte[] into = new byte[length];
      reader.read(position, into, 0, length);
      return new String(into, StandardCharsets.ISO_8859_1);
    }
  }

  private boolean commit(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    try (ObjectWriter writer = store.create(AT)) {
      writer.write(bytes, 0, bytes.length);
      return writer.commit();
    }
  }

  /// Answers as S3 does for an object that the writer of an earlier request made.
  private void ownObject(java.net.Socket connection, int request) throws IOException {
    String writer = server.requests().get(request).header(S3Put.WRITER_HEADER);
    ScriptedServer.write(connection, 200, "", 0, ETAG, S3Put.WRITER_HEADER + ": " + writer);
  }

  private static String page(String key, String more) {
    return "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3\"><Contents><Key>"
        + key
        + "</Key><ETag>&quot;e&quot;</ETag><Size>5</Size><Owner><ID>i</ID></Owner></Contents>"
        + more
        + "</ListBucketResult>";
  }

  private S3ObjectStore store(Duration hedgeAfter, Duration silence) {
    return new S3ObjectStore(
        new S3Settings(
            "us-east-1",
            Optional.of(server.endpoint()),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")),
            5,
            Duration.ofSeconds(2),
            silence,
            hedgeAfter,
            Optional.empty(),
            1 << 20,
            1000));
  }

  private static void assertFails(ErrorCode code, String message, Runnable call) {
    assertThatThrownBy(call::run)
        .hasMessage(message)
        .isInstanceOfSatisfying(FrazilException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
