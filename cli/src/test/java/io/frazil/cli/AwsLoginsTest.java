package io.frazil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who asks a deployment where they have logged in by AWS's own tools, in a process whose home has
/// what those leave there.
@Timeout(240)
final class AwsLoginsTest {
  private static final String SSO_PROFILE =
      """
      [default]
      sso_session = office
      sso_account_id = 111122223333
      sso_role_name = analyst
      [sso-session office]
      sso_region = eu-central-1
      sso_start_url = https://office.awsapps.com/start
      """;

  @TempDir private Path folder;

  private final List<String> signatures = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Path tools;

  @BeforeEach
  void start() throws IOException {
    tools = Files.createDirectory(folder.resolve(".aws"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var _ = server.createContext("/v1/queries", this::refuse);
    var _ = server.createContext("/federation/credentials", this::credentials);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aLoginOfIdentityCenterSignsRequests() throws Exception {
    String name =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(utf8("office")));
    Path cache = Files.createDirectories(tools.resolve("sso/cache"));
    Files.writeString(
        cache.resolve(name + ".json"),
        """
        {"accessToken": "shown", "expiresAt": "2999-01-01T00:00:00Z", "region": "eu-central-1",
         "startUrl": "https://office.awsapps.com/start"}
        """);
    assertThat(said(SSO_PROFILE)).contains("The endpoint answered 403: Forbidden");
    assertThat(signatures).hasSize(1).first().asString().contains("Credential=AKIDOFFICE/");
  }

  @Test
  void oneThatIsMissingIsNamed() throws Exception {
    assertThat(said(SSO_PROFILE))
        .contains(
            "There are no AWS credentials to sign requests with: ",
            "To refresh this SSO session run aws sso login")
        .doesNotContain("class path");
    assertThat(signatures).isEmpty();
  }

  @Test
  void soIsOneOfTheConsole() throws Exception {
    assertThat(
            said(
                """
                [default]
                login_session = arn:aws:iam::111122223333:user/alice
                region = eu-central-1
                """))
        .contains(
            "There are no AWS credentials to sign requests with: ",
            "login_session `arn:aws:iam::111122223333:user/alice` not found")
        .doesNotContain("class path");
    assertThat(signatures).isEmpty();
  }

  /// What is said by somebody with this profile.
  private String said(String profile) throws IOException, InterruptedException {
    Path config = Files.writeString(tools.resolve("config"), profile);
    String url = "http://localhost:" + server.getAddress().getPort();
    var child =
        new ChildProcess(folder)
            .with("HOME", folder.toString())
            .with("AWS_CONFIG_FILE", config.toString())
            .with("AWS_SHARED_CREDENTIALS_FILE", tools.resolve("credentials").toString())
            .with("AWS_PROFILE", "default")
            .with("AWS_EC2_METADATA_DISABLED", "true")
            .with("AWS_REGION", "eu-central-1")
            .with("AWS_ENDPOINT_URL_SSO", url);
    return child.end(child.start("sql", "--endpoint", url, "--aws", "-c", "SELECT 1")).err();
  }

  private void refuse(HttpExchange exchange) throws IOException {
    signatures.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    send(exchange, 403, "{\"message\": \"Forbidden\"}");
  }

  private void credentials(HttpExchange exchange) throws IOException {
    String token = exchange.getRequestHeaders().getFirst("x-amz-sso_bearer_token");
    if (!"shown".equals(token)) {
      send(exchange, 401, "{}");
      return;
    }
    send(
        exchange,
        200,
        """
        {"roleCredentials": {"accessKeyId": "AKIDOFFICE", "secretAccessKey": "secret",
         "sessionToken": "session", "expiration": 32472144000000}}
        """);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, utf8(body).length);
      exchange.getResponseBody().write(utf8(body));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
