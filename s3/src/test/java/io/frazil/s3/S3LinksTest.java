package io.frazil.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.store.ObjectLinks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// Signatures against the ones of the definition, computed here by hand.
class S3LinksTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2013-05-24T00:00:00Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "'', s3://examplebucket/queries/ab12/result-1.csv,"
        + " https://examplebucket.s3.us-east-1.amazonaws.com/queries/ab12/result-1.csv",
    "http://127.0.0.1:4566, s3://b-1/a b/ü%.csv, http://127.0.0.1:4566/b-1/a%20b/%C3%BC%25.csv"
  })
  void aLinkIsSignedAsDefined(String endpoint, String location, String address) throws Exception {
    var settings =
        S3Settings.of(
            "us-east-1",
            Optional.of(endpoint).filter(e -> !e.isEmpty()).map(URI::create),
            StaticCredentialsProvider.create(
                AwsSessionCredentials.create("AKIAIOSFODNN7EXAMPLE", SECRET, "to/ken+=")));
    ObjectLinks.Link given = new S3Links(settings, CLOCK).link(location, Duration.ofMinutes(15));
    assertThat(given.end()).isEqualTo("2013-05-24T00:15:00Z");
    String link = given.address();
    assertThat(link)
        .startsWith(address + "?")
        .contains("X-Amz-Expires=900", "X-Amz-Security-Token=to%2Fken%2B%3D", "SignedHeaders=host");
    Matcher signed = Pattern.compile("&?X-Amz-Signature=([0-9a-f]{64})").matcher(link);
    assertThat(signed.find()).isTrue();
    assertThat(signed.group(1)).isEqualTo(signature(URI.create(signed.replaceFirst(""))));
  }

  @ParameterizedTest
  @CsvSource({
    "2013-05-24T00:07:00Z, 2013-05-24T00:07:00Z",
    "2013-05-24T06:00:00Z, 2013-05-24T00:15:00Z"
  })
  void aLinkEndsWithTheCredentialsThatSignedIt(Instant expiration, Instant end) {
    var credentials =
        AwsSessionCredentials.builder()
            .accessKeyId("AKIAIOSFODNN7EXAMPLE")
            .secretAccessKey(SECRET)
            .sessionToken("t")
            .expirationTime(expiration)
            .build();
    var settings =
        S3Settings.of("us-east-1", Optional.empty(), StaticCredentialsProvider.create(credentials));
    assertThat(new S3Links(settings, CLOCK).link("s3://b-1/a", Duration.ofMinutes(15)).end())
        .isEqualTo(end);
  }

  private static String signature(URI unsigned) throws GeneralSecurityException {
    String[] parameters = unsigned.getRawQuery().split("&");
    Arrays.sort(parameters);
    String request =
        String.join(
            "\n",
            "GET",
            unsigned.getRawPath(),
            String.join("&", parameters),
            "host:" + unsigned.getRawAuthority(),
            "",
            "host",
            "UNSIGNED-PAYLOAD");
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8));
    String text =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            "20130524T000000Z",
            "20130524/us-east-1/s3/aws4_request",
            HexFormat.of().formatHex(hash));
    byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
    for (String part : new String[] {"20130524", "us-east-1", "s3", "aws4_request"}) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(hmac(key, text));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
