package io.frazil.coordinator.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.iceberg.IcebergCatalog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class CatalogSettingsTest {
  private static final String ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:lake";

  @TempDir private Path folder;

  @Test
  void withoutAWordTablesAreInAFolder() {
    var settings = new CatalogSettings(Map.of("FRAZIL_WAREHOUSE", folder.toString()));
    assertThat(settings.schema()).isEqualTo("main");
    try (IcebergCatalog catalog = settings.open(new LocalObjectStore())) {
      assertThat(catalog.schemas()).containsExactly("main");
    }
  }

  @Test
  void emptyVariablesAreNone() {
    var settings =
        new CatalogSettings(
            Map.of(
                "FRAZIL_CATALOG", "", "FRAZIL_SCHEMA", "", "FRAZIL_WAREHOUSE", folder.toString()));
    assertThat(settings.schema()).isEqualTo("main");
    settings.open(new LocalObjectStore()).close();
  }

  @Test
  void aSchemaThatIsNamedCounts() {
    assertThat(
            new CatalogSettings(Map.of("FRAZIL_CATALOG", "glue", "FRAZIL_SCHEMA", "lake")).schema())
        .isEqualTo("lake");
    assertThat(new CatalogSettings(Map.of("FRAZIL_CATALOG", "glue")).schema()).isEqualTo("default");
  }

  @Test
  void aKindThatIsNoneIsRefused() {
    check(
        Map.of("FRAZIL_CATALOG", "hive"),
        "FRAZIL_CATALOG is 'hive', not one of local, glue, rest and s3tables");
  }

  @Test
  void whatACatalogNeedsIsNamed() {
    check(
        Map.of("FRAZIL_CATALOG", "rest"),
        "A catalog of kind 'rest' needs the variable FRAZIL_CATALOG_URI");
    check(
        Map.of("FRAZIL_CATALOG", "s3tables", "AWS_REGION", "us-east-1"),
        "A catalog of kind 's3tables' needs the variable FRAZIL_CATALOG_WAREHOUSE");
  }

  @Test
  void aSecretIsReadAndKnowsOnlyHowToProveWhoAsks() throws IOException {
    assertThat(secret(200, "{\"token\":\"t\"}")).isEqualTo(Map.of("token", "t"));
    String refused =
        "The secret "
            + ARN
            + " is to be a JSON object of texts, its members among [audience,"
            + " credential, oauth2-server-uri, resource, scope, token]";
    for (String text :
        new String[] {
          "hush",
          "[]",
          "{\"uri\":\"http://elsewhere\"}",
          "{\"token\":[1]}",
          "{\"token\":null}",
          "null"
        }) {
      assertThatThrownBy(() -> secret(200, text))
          .isInstanceOf(FrazilException.class)
          .hasMessage(refused);
    }
  }

  @Test
  void tableBucketsAreAskedForWhereTheirRegionIs() {
    assertThat(s3Tables(Map.of("AWS_REGION", "eu-central-1")))
        .isEqualTo("https://s3tables.eu-central-1.amazonaws.com/iceberg");
    assertThat(s3Tables(Map.of("AWS_REGION", "cn-north-1")))
        .isEqualTo("https://s3tables.cn-north-1.amazonaws.com.cn/iceberg");
    assertThat(s3Tables(Map.of("AWS_REGION", "eusc-de-east-1")))
        .isEqualTo("https://s3tables.eusc-de-east-1.amazonaws.eu/iceberg");
    assertThat(s3Tables(Map.of("FRAZIL_CATALOG_URI", "http://127.0.0.1:1/iceberg")))
        .isEqualTo("http://127.0.0.1:1/iceberg");
  }

  private static String s3Tables(Map<String, String> variables) {
    return new CatalogSettings(variables).s3TablesServer().toString();
  }

  @Test
  void whoseTokenIsRefusedLooksAtTheSecretAgain() throws IOException {
    var token = new AtomicReference<>("first");
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean refused =
              exchange.getRequestURI().getPath().endsWith("/namespaces")
                  && !("Bearer " + token.get())
                      .equals(exchange.getRequestHeaders().getFirst("Authorization"));
          String said =
              switch (exchange.getRequestURI().getPath()) {
                case "/secrets/" -> text("{\"token\":\"" + token.get() + "\"}");
                case "/v1/config" -> "{\"defaults\":{},\"overrides\":{}}";
                default -> refused ? "{}" : "{\"namespaces\":[[\"lake\"]]}";
              };
          byte[] answer = said.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(refused ? 401 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    var settings =
        new CatalogSettings(
            Map.of(
                "FRAZIL_CATALOG", "rest",
                "FRAZIL_CATALOG_URI", address,
                "FRAZIL_CATALOG_SECRET", ARN,
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", address + "/secrets/",
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "key"));
    try (IcebergCatalog catalog = settings.kept(new LocalObjectStore()).catalog()) {
      assertThat(catalog.schemas()).containsExactly("lake");
      token.set("second");
      assertThat(catalog.schemas()).containsExactly("lake");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aSecretThatCannotBeReadIsTold() {
    assertThatThrownBy(() -> secret(400, "{}"))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED))
        .hasMessage("The catalog's secret " + ARN + " cannot be read (status 400)");
    assertThatThrownBy(() -> read(new Said(400, type("ResourceNotFoundException"))))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED))
        .hasMessage(
            "The catalog's secret %s cannot be read (status 400, ResourceNotFoundException)", ARN);
    assertThatThrownBy(() -> secret(503, "{}"))
        .isInstanceOfSatisfying(
            FrazilException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
  }

  @Test
  void whatPassesIsWaitedFor() throws IOException {
    Said good = new Said(200, text("{\"token\":\"t\"}"));
    Said busy = new Said(400, type("ThrottlingException"));
    Said expired = new Said(400, type("com.amazon.coral.service#ExpiredTokenException"));
    assertThat(read(busy, new Said(500, ""), expired, good)).isEqualTo(Map.of("token", "t"));
    assertThatThrownBy(() -> read(busy, busy, busy, busy, good))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
        .hasMessage(
            "The catalog's secret %s cannot be read (status 400, ThrottlingException)", ARN);
  }

  private record Said(int status, String body) {}

  private static String type(String name) {
    return "{\"__type\":\"" + name + "\"}";
  }

  private static String text(String secret) {
    return "{\"SecretString\":\"%s\"}".formatted(secret.replace("\"", "\\\""));
  }

  /// What is read of a Secrets Manager that has this text.
  private static Map<String, String> secret(int status, String text) throws IOException {
    return read(new Said(status, text(text)));
  }

  /// What is read of a Secrets Manager that says one thing after the other, and the last for ever.
  private static Map<String, String> read(Said... answers) throws IOException {
    var next = new AtomicInteger();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String asked =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String authorization = exchange.getRequestHeaders().getFirst("Authorization");
          boolean valid =
              asked.equals("{\"SecretId\":\"" + ARN + "\"}")
                  && authorization.contains("/us-east-1/secretsmanager/aws4_request");
          Said said = answers[Math.min(next.getAndIncrement(), answers.length - 1)];
          byte[] answer = said.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(
              valid ? said.status() : 418, answer.length == 0 ? -1 : answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      return new Secret(
              ARN,
              URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
              "us-east-1",
              StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
          .read();
    } finally {
      server.stop(0);
    }
  }

  private static void check(Map<String, String> variables, String message) {
    assertThatThrownBy(() -> new CatalogSettings(variables).open(new LocalObjectStore()))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessage(message);
  }
}
