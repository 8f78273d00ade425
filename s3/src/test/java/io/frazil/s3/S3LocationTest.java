package io.frazil.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {
  @Test
  void bucketAndKeyAreTakenApart() {
    assertThat(S3Location.object("s3://my-bucket/a/b%20c d//e"))
        .isEqualTo(new S3Location("s3", "my-bucket", "a/b%20c d//e"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://bucket/key", "s3a://bucket/a/...x/..b", "s3n://b.c.d/e"})
  void aLocationIsWrittenAsItWasRead(String location) {
    assertThat(S3Location.object(location)).hasToString(location);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "s3://bucket/a/../b | '..' is not allowed in it",
        "s3://bucket/.. | '..' is not allowed in it",
        "s3://bucket/./a | '.' is not allowed in it",
        "s3://bucket/ | it names no object",
        "s3://bucket | it names no object",
        "s3://Bucket/a | 'Bucket' is not a bucket's name",
        "s3://ab/a | 'ab' is not a bucket's name",
        "s3://-abc/a | '-abc' is not a bucket's name",
        "s3://a..b/c | 'a..b' is not a bucket's name",
        "s3://127.0.0.1/a | '127.0.0.1' is not a bucket's name",
        "s3://user@bucket/a | 'user@bucket' is not a bucket's name",
        "s3://bucket:80/a | 'bucket:80' is not a bucket's name",
        "s3:///a | '' is not a bucket's name",
        "gs://bucket/a | it does not begin with s3://",
        "/bucket/a | it does not begin with s3://",
      })
  void whatIsNoObjectOnS3IsRefused(String location, String why) {
    assertThatThrownBy(() -> S3Location.object(location))
        .hasMessage("'%s' is not a location on S3: %s", location, why)
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void keysThatNoRequestCanCarryAreRefused() {
    assertThatThrownBy(() -> S3Location.object("s3://bucket/a\nb"))
        .hasMessageEndingWith("there is a control character in it");
    assertThatThrownBy(() -> S3Location.object("s3://bucket/\uD800"))
        .hasMessageEndingWith("it is not Unicode");
    assertThatThrownBy(() -> S3Location.object("s3://bucket/" + "ü".repeat(513)))
        .hasMessageEndingWith("its key is longer than 1024 bytes");
    assertThat(S3Location.object("s3://bucket/" + "ü".repeat(512)).key()).hasSize(512);
  }

  @Test
  void aPrefixMayEndAnywhere() {
    assertThat(S3Location.prefix("s3://bucket/").key()).isEmpty();
    assertThat(S3Location.prefix("s3://bucket").key()).isEmpty();
    assertThat(S3Location.prefix("s3://bucket/a/b").key()).isEqualTo("a/b");
  }
}
