package io.frazil.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void sqlAloneIsARequest() {
    assertThat(request("{\"sql\": \"SELECT 1\"}")).isEqualTo(QueryRequest.of("SELECT 1"));
  }

  @Test
  void parametersKeepTheirKinds() {
    assertThat(
            request("{\"sql\": \"?\", \"parameters\": [1, 1.50, \"x\", true, null]}").parameters())
        .isEqualTo(Arrays.asList(1L, new BigDecimal("1.50"), "x", true, null));
  }

  @Test
  void aParameterThatIsNoScalarIsRejected() {
    assertRejected(
        "{\"sql\": \"?\", \"parameters\": [[1]]}",
        "'parameters[0]' has to be a string, a number, a boolean or null, not an array");
  }

  @Test
  void anUnknownMemberIsRejected() {
    assertRejected(
        "{\"sql\": \"x\", \"sqll\": 1}",
        "'sqll' is not known: members are sql, parameters, views, ");
  }

  @Test
  void aMissingMemberIsRejected() {
    assertRejected("{}", "'sql' is missing");
  }

  @Test
  void anExplicitNullIsRejected() {
    assertRejected("{\"sql\": null}", "'sql' may not be null");
  }

  @Test
  void blankSqlIsRejected() {
    assertRejected("{\"sql\": \" \"}", "sql must not be blank");
  }

  @Test
  void whatStandsBehindTheEndIsRejected() {
    assertRejected("{\"sql\": \"x\"} {}", "something stands behind its end");
  }

  @Test
  void textThatIsNoJsonIsRejected() {
    assertRejected("SELECT 1", "Unrecognized token 'SELECT'");
  }

  @Test
  void nothingIsRejected() {
    assertRejected("", "it is empty");
  }

  @Test
  void aMessageBeyondTheLimitIsRejectedUnread() {
    assertThatThrownBy(() -> Json.decode(new byte[Json.MAX_BYTES + 1], QueryRequest.class))
        .isInstanceOf(MessageException.class)
        .hasMessage("QueryRequest of 6000001 bytes is too large: at most 6000000 are read");
  }

  @Test
  void aFragmentTravelsUndecoded() {
    String fragment = "{\"plan\":{\"x\":[1,0.50,null,\"é\\u0000\"]},\"big\":123456789012345678901}";
    var request = new FragmentRequest("q", 0, 1, 2, fragment);
    assertThat(Json.decode(Json.encode(request), FragmentRequest.class)).isEqualTo(request);
  }

  @Test
  void aFragmentOrItsLocationHasToBeThereButNotBoth() {
    for (String members :
        new String[] {"", ",\"fragment\":{},\"location\":\"s3://bucket/fragment.json\""}) {
      byte[] bytes =
          "{\"query\":\"q\",\"stage\":0,\"task\":1,\"attempt\":1%s}"
              .formatted(members)
              .getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> Json.decode(bytes, FragmentRequest.class))
          .isInstanceOf(MessageException.class)
          .hasMessageContaining("either a fragment or its location has to be there");
    }
  }

  @Test
  void aFragmentThatIsNoObjectIsRejected() {
    byte[] bytes =
        "{\"query\":\"q\",\"stage\":0,\"task\":1,\"attempt\":1,\"fragment\":7}"
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Json.decode(bytes, FragmentRequest.class))
        .isInstanceOf(MessageException.class)
        .hasMessageContaining("'fragment' has to be an object, not a whole number");
  }

  @Test
  void aResponseHasEitherAPartialOrAnError() {
    var statistics = new FragmentResponse.Statistics(1, 1, 1, 0, 0, null, Map.of());
    assertThatThrownBy(() -> new FragmentResponse("q", 0, 0, 1, null, null, statistics, null))
        .hasMessage("either a partial or an error has to be there");
  }

  @Test
  void membersAreNamedOfWhatCanBeReadToItsEnd() {
    assertThat(members("{\"run\": {\"lead\": 1}, \"sql\": [{\"step\": 2}], \"x\": null}"))
        .containsExactlyInAnyOrder("run", "sql", "x");
    for (String other :
        List.of(
            "",
            "{}",
            "[{\"run\": 1}]",
            "\"run\"",
            "{\"run\": 1",
            "{\"run\": [1}",
            "{\"run\": 1} {}",
            "{\"run\": 1, \"run\": 2}",
            "{\"run\": SELECT}")) {
      assertThat(members(other)).as(other).isEmpty();
    }
    assertThat(Json.members(new byte[Json.MAX_BYTES + 1])).isEmpty();
  }

  private static Set<String> members(String text) {
    return Json.members(text.getBytes(StandardCharsets.UTF_8));
  }

  private static QueryRequest request(String text) {
    return Json.decode(text.getBytes(StandardCharsets.UTF_8), QueryRequest.class);
  }

  private static void assertRejected(String text, String message) {
    assertThatThrownBy(() -> request(text))
        .isInstanceOf(MessageException.class)
        .hasMessageStartingWith("QueryRequest cannot be read: ")
        .hasMessageContaining(message);
  }
}
