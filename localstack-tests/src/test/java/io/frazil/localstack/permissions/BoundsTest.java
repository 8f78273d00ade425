package io.frazil.localstack.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.ErrorMessage;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.HttpAnswer;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.ResultLocation;
import io.frazil.localstack.doors.Door;
import io.frazil.localstack.doors.Fragments;
import io.frazil.localstack.doors.HttpApi;
import io.frazil.localstack.doors.Outcome;
import io.frazil.localstack.stack.Buckets;
import io.frazil.localstack.stack.LocalStack;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import io.frazil.session.QueryId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// What nobody gets to see: what lies outside the tables' places, and others' queries.
@OnLocalStack
@Timeout(120)
final class BoundsTest {
  private static final String OTHER = "arn:aws:iam::000000000000:user/other";

  /// What files of a format begin with; the text with all of its lines.
  private static final Map<String, String> BEGINNINGS =
      Map.of("arrow", "ARROW1", "parquet", "PAR1", "csv", "o_orderkey\n1\n2\n3\n");

  private final LocalStack stack;
  private final Whole whole;

  BoundsTest(LocalStack stack, Whole whole) {
    this.stack = stack;
    this.whole = whole;
  }

  @TestFactory
  Stream<DynamicTest> pathsElsewhereAreRefused() {
    String elsewhere = Buckets.create(stack);
    try (S3Client s3 = Buckets.client(stack)) {
      s3.putObject(b -> b.bucket(elsewhere).key("a.parquet"), RequestBody.fromString("PAR1"));
    }
    String results = whole.deployed().results();
    String allowed = whole.deployment().files();
    return Stream.of(
            "s3://" + elsewhere + "/a.parquet",
            "s3://" + elsewhere + "/",
            allowed.substring(0, allowed.length() - 1) + "-x/a.parquet",
            allowed + "../" + elsewhere + "/a.parquet",
            results + "queries/",
            "/etc/passwd",
            "file:///etc/passwd",
            "/proc/self/environ")
        .flatMap(path ->
            Stream.of(whole.direct(), whole.http())
                .map(door ->
                    DynamicTest.dynamicTest(
                        path + " by " + door.getClass().getSimpleName(),
                        () -> assertRefused(door, path, elsewhere))));
  }

  @Test
  void nobodySeesAnothersQuery() {
    HttpApi mine = whole.http();
    HttpApi others = whole.http(OTHER);
    String token = UUID.randomUUID().toString();
    assertThat(mine.run(QueryRequest.of("SELECT 1 AS mine").withToken(token)).answer().rows())
        .hasSize(1);
    String id = mine.query(token);

    assertThat(mine.status(id).query()).isEqualTo(id);
    for (HttpAnswer answer :
        List.of(
            others.ask("GET", "/v1/queries/" + id, null),
            others.ask("GET", "/v1/queries/" + id + "/results", null),
            others.ask("DELETE", "/v1/queries/" + id, null))) {
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(HttpApi.error(answer).code()).isEqualTo("QUERY_NOT_FOUND");
      assertThat(answer.body()).doesNotContain("mine");
    }
    assertThat(others.ask("GET", "/v1/queries", null).body()).doesNotContain(id);
    assertThat(mine.ask("GET", "/v1/queries", null).body()).contains(id);
  }

  @Test
  void theSameTokenIsAnotherQueryForSomebodyElse() {
    String token = UUID.randomUUID().toString();
    assertThat(one(whole.http(), token, 1)).isEqualTo(1L);
    assertThat(one(whole.http(OTHER), token, 2)).isEqualTo(2L);
    assertThat(one(whole.direct(), token, 3)).isEqualTo(3L);
  }

  /// Whoever has its address gets it, without asking as anybody.
  @Test
  void aWholeResultIsFetchedByItsAddressAlone() throws IOException, InterruptedException {
    HttpApi http = whole.http();
    String token = UUID.randomUUID().toString();
    String sql = "SELECT o_orderkey FROM orders ORDER BY o_orderkey LIMIT 3";
    assertThat(http.run(QueryRequest.of(sql).withToken(token)).answer().rows()).hasSize(3);
    String query = http.query(token);
    // It is named after the coordinator's number, of which there may have been several.
    String output = Objects.requireNonNull(whole.queries().response(query).orElseThrow().output());
    String name = output.substring(output.lastIndexOf('/') + 1).replace("arrow", "");
    for (String format : List.of("arrow", "parquet", "csv")) {
      HttpAnswer answer =
          http.ask("GET", "/v1/queries/" + query + "/results?format=" + format, null);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      ResultLocation result =
          Json.decode(answer.body().getBytes(StandardCharsets.UTF_8), ResultLocation.class);
      byte[] fetched = fetch(result.location());
      assertThat(fetched)
          .as(format)
          .isEqualTo(whole.queries().object(query, name + format))
          .hasSize(Math.toIntExact(result.bytes()));
      assertThat(new String(fetched, StandardCharsets.ISO_8859_1))
          .as(format)
          .startsWith(BEGINNINGS.get(format));
    }
  }

  private static byte[] fetch(String address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(URI.create(address)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(response.statusCode()).isEqualTo(200);
      return response.body();
    }
  }

  /// Whoever may invoke the function, which is not API Gateway alone.
  @Test
  void anEventThatApiGatewayDidNotMakeIsRefused() {
    String live = whole.http().http();
    String id = whole.http().query(UUID.randomUUID().toString());
    for (String key : List.of("forged", "")) {
      var forged = new HttpApi(whole.functions(), live, key, OTHER);
      for (HttpAnswer answer :
          List.of(
              forged.ask("GET", "/v1/queries", null),
              forged.ask("GET", "/v1/queries/" + id, null),
              forged.ask("POST", "/v1/queries", QueryRequest.of("SELECT 1")))) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(HttpApi.error(answer).code()).isEqualTo("PERMISSION_DENIED");
      }
    }
  }

  /// Whoever may invoke a worker, or write where queries' objects lie.
  @ParameterizedTest
  @ValueSource(strings = {"/proc/self/environ", "file:///proc/self/environ", "file:/etc/passwd"})
  void aMessageThatNamesAFileOfTheMachineIsRefused(String location) {
    String results = whole.deployed().results();
    String query = QueryId.next();
    ErrorMessage outside = answer(new FragmentRequest(query, 0, 0, 1, null, location)).error();
    assertThat(outside).isNotNull();
    assertThat(outside.code()).isEqualTo("INVALID_MESSAGE");

    ErrorMessage read = answer(Fragments.reading(results, query, location)).error();
    assertThat(read).isNotNull();
    assertThat(read.code()).as(read.message()).isEqualTo("PERMISSION_DENIED");
  }

  private FragmentResponse answer(FragmentRequest message) {
    return Json.decode(
        whole.functions().answer(whole.deployed().worker(), Json.encode(message)),
        FragmentResponse.class);
  }

  /// Whoever may write to the catalog, or where a table's metadata lies.
  @Test
  void aTableWhoseMetadataIsAFileOfTheMachineIsRefused() {
    String table = "forged_" + UUID.randomUUID().toString().replace("-", "");
    // Iceberg asks for nothing that is not named like metadata.
    stack.glue().list("default", table, "file:///etc/00000-forged.metadata.json");
    try {
      for (Door door : List.of(whole.direct(), whole.http())) {
        assertThat(door.run(QueryRequest.of("SELECT * FROM " + table)))
            .isInstanceOfSatisfying(
                Outcome.Failed.class,
                failed ->
                    assertThat(failed.error().code())
                        .as(failed.error().message())
                        .isEqualTo("PERMISSION_DENIED"));
      }
    } finally {
      stack.glue().remove("default", table);
    }
  }

  private static Object one(Door door, String token, int value) {
    QueryRequest request = QueryRequest.of("SELECT " + value + " AS n").withToken(token);
    return door.run(request).answer().rows().getFirst().getFirst();
  }

  private void assertRefused(Door door, String path, String elsewhere) {
    Outcome outcome = door.run(QueryRequest.of("SELECT * FROM '" + path + "'"));
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    ErrorMessage error = ((Outcome.Failed) outcome).error();
    assertThat(error.code()).as(error.message()).isEqualTo("PERMISSION_DENIED");
    assertThat(whole.view().calls())
        .as("requests for what lies elsewhere")
        .noneMatch(call -> call.path().startsWith("/" + elsewhere));
  }
}
