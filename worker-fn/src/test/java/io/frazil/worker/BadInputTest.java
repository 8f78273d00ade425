package io.frazil.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.error.ErrorClass;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.fragment.BuildId;
import io.frazil.engine.plan.PlanJson;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever comes to a worker: what is wrong is said in an error with a code, of a class that
/// nobody tries again, and no memory is taken for sizes that are only claimed.
@Timeout(180)
class BadInputTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// One with which every mutation is the same again.
  private static final long SEED = 20_261_121;

  private static final int MUTATIONS = 1_000;

  /// What the right fragment needs, and some more.
  private static final long BYTES_MAX = 4 << 20;

  /// What another attempt could cure, or a larger worker.
  private static final Set<ErrorClass> TRIED_AGAIN =
      EnumSet.of(ErrorClass.TRANSIENT, ErrorClass.RESOURCE);

  @TempDir private Path folder;

  private JoinFragment whole;

  @BeforeEach
  void open() {
    whole = new JoinFragment(folder, Compression.NONE);
  }

  @AfterEach
  void nothingIsHeld() {
    assertThat(whole.memory().used()).isZero();
    assertThat(whole.memory().peak()).isLessThan(BYTES_MAX);
  }

  @Test
  void whatIsRightRuns() {
    FragmentResponse response = response(whole.request());
    assertThat(response.error()).isNull();
    PartialManifest partial =
        PlanJson.read(Objects.requireNonNull(response.partial()), PartialManifest.class);
    assertThat(partial.rows()).isEqualTo(JoinFragment.GROUPS);
  }

  /// Lines of `member | value | code | message`.
  static Stream<Arguments> fragments() throws IOException {
    return table("bad-fragments.txt");
  }

  /// Lines of `event | message`.
  static Stream<Arguments> events() throws IOException {
    return table("bad-events.txt");
  }

  private static Stream<Arguments> table(String name) throws IOException {
    return Files.readAllLines(Path.of("src/test/resources", name)).stream()
        .map(line -> Arguments.of((Object[]) line.split(" \\| ", -1)));
  }

  @ParameterizedTest
  @MethodSource("fragments")
  void aMemberThatIsWrongIsRefused(String member, String value, String code, String message) {
    assertRefused(
        with(member, value),
        code,
        message
            .replace("{folder}", folder.toString())
            .replace("{build}", BuildId.current())
            .replace("{functions}", BuildId.fingerprint(JoinFragment.FUNCTIONS)));
    assertThat(whole.output()).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventThatIsNotOursFailsTheInvocation(String event, String message) {
    assertThat(outcome(event.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("INVALID_MESSAGE: " + message);
  }

  @Test
  void whatIsNotANumberIsNone() {
    String right = new String(whole.request(), StandardCharsets.UTF_8);
    for (String none : List.of("NaN", "Infinity", "+1", "0x10", "01", "1_000")) {
      byte[] request =
          right.replace("\"limit\":100", "\"limit\":" + none).getBytes(StandardCharsets.UTF_8);
      assertThat(outcome(request)).startsWith("INVALID_MESSAGE: FragmentRequest cannot be read: ");
    }
  }

  @Test
  void aFragmentCutShortIsRefusedWhereverItIsCut() {
    byte[] right = whole.request();
    for (int length = 1; length < right.length; length += 7) {
      assertThat(outcome(Arrays.copyOf(right, length))).startsWith("INVALID_MESSAGE: ");
    }
  }

  @Test
  void aPartialCutShortIsRefusedWhereverItIsCut() throws IOException {
    byte[] right = Files.readAllBytes(whole.input());
    for (int length = 0; length < right.length; length += 997) {
      Files.write(whole.input(), Arrays.copyOf(right, length));
      assertRefused(
          json(whole.request()),
          "FILE_CHANGED",
          "'%s' has %d bytes, not the %d that were written"
              .formatted(whole.input(), length, right.length));
    }
  }

  @Test
  void anotherObjectInAPartialsPlaceIsRefused() throws IOException {
    Files.write(whole.input(), new byte[(int) Files.size(whole.input())]);
    assertRefused(
        json(whole.request()),
        "FILE_CORRUPT",
        "'%s' is not complete Arrow data: a message begins otherwise".formatted(whole.input()));
  }

  @ParameterizedTest
  @CsvSource({
    "1152921504606846976, it has 1152921504606846976 rows",
    "5000, it has 5000 rows",
    "-1, it has -1 rows",
    "999, 'column 0 has 1000 rows, 0 null'"
  })
  void rowsThatAreOnlyClaimedAreRefused(long claimed, String why) throws IOException {
    // The record batch's own count is the first of the three.
    assertCorrupt(forged(JoinFragment.ROWS, claimed, Place.FIRST), why);
  }

  @Test
  void rowsThatOnlyAColumnClaimsAreRefused() throws IOException {
    assertCorrupt(
        forged(JoinFragment.ROWS, 1L << 60, Place.LAST),
        "column 1 has 1152921504606846976 rows, 0 null");
  }

  @Test
  void bytesThatAreOnlyClaimedAreRefused() throws IOException {
    byte[] right = Files.readAllBytes(whole.input());
    ByteBuffer bytes = ByteBuffer.wrap(right).order(ByteOrder.LITTLE_ENDIAN);
    int at = (int) whole.range().offset();
    bytes.putInt(at + Integer.BYTES, Integer.MAX_VALUE);
    assertCorrupt(right, "2147483647 bytes are wanted, %d are left".formatted(left()));
    bytes.putInt(at + Integer.BYTES, -8);
    assertCorrupt(right, "-8 bytes are wanted, %d are left".formatted(left()));
  }

  private long left() {
    return whole.range().length() - 2 * Integer.BYTES;
  }

  @Test
  void aBodyThatIsOnlyClaimedIsRefused() throws IOException {
    byte[] right = Files.readAllBytes(whole.input());
    ByteBuffer bytes = ByteBuffer.wrap(right).order(ByteOrder.LITTLE_ENDIAN);
    int metadata = bytes.getInt((int) whole.range().offset() + Integer.BYTES);
    long body = left() - metadata;
    assertCorrupt(
        forged(body, 1L << 60, Place.FIRST),
        "1152921504606846976 bytes are wanted, %d are left".formatted(body));
  }

  @Test
  void textThatIsOnlyClaimedToBeCompressedIsRefused() throws IOException {
    whole = new JoinFragment(folder, Compression.ZSTD);
    long plain = JoinFragment.ROWS * Long.BYTES;
    assertThat(outcome(whole, forged(plain, 1L << 60, Place.FIRST)))
        .startsWith("FILE_CORRUPT: a compressed Arrow buffer of ")
        .endsWith(" bytes claims to be 1152921504606846976");
  }

  @ParameterizedTest
  @EnumSource
  void whateverBecomesOfAPartialThereIsAnAnswer(Compression compression) throws IOException {
    whole = new JoinFragment(folder, compression);
    byte[] right = Files.readAllBytes(whole.input());
    var random = random();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutant = right.clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        // Values may be anything: most of what is looked at stands at the beginning.
        int at =
            (int) whole.range().offset()
                + random.nextInt(random.nextBoolean() ? 400 : right.length / 2);
        mutant[at] = (byte) random.nextInt(256);
      }
      Files.write(whole.input(), mutant);
      assertWellFormed(whole.request(), "seed %d, mutation %d".formatted(SEED, i));
      Files.deleteIfExists(whole.output());
    }
  }

  @Test
  void whateverBecomesOfAFragmentThereIsAnAnswer() throws IOException {
    byte[] right = whole.request();
    var random = random();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutant = mutated(right, random);
      String text = new String(mutant, StandardCharsets.ISO_8859_1);
      assertWellFormed(mutant, "seed %d, mutation %d: %s".formatted(SEED, i, text));
      Files.deleteIfExists(whole.output());
    }
  }

  private static RandomGenerator random() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
  }

  private void assertWellFormed(byte[] request, String what) {
    String outcome = outcome(request);
    assertThat(outcome).as(what).doesNotContain("\tat ", "Exception", "java.", "io.frazil");
    if (!outcome.isEmpty()) {
      ErrorCode code = ErrorCode.valueOf(outcome.substring(0, outcome.indexOf(':')));
      assertThat(code).as("%s, %s", outcome, what).isNotEqualTo(ErrorCode.INTERNAL);
      assertThat(TRIED_AGAIN).as("%s, %s", outcome, what).doesNotContain(code.errorClass());
    }
  }

  /// A digit, a letter or a mark changed; some bytes left out or doubled; or all behind one.
  private static byte[] mutated(byte[] bytes, RandomGenerator random) {
    byte[] mutant = bytes.clone();
    int at = random.nextInt(mutant.length);
    int to = Math.min(mutant.length, at + 1 + random.nextInt(12));
    return switch (random.nextInt(8)) {
      case 0 -> Arrays.copyOf(mutant, Math.max(1, at));
      case 1 -> concat(Arrays.copyOf(mutant, at), Arrays.copyOfRange(mutant, to, mutant.length));
      case 2 -> concat(Arrays.copyOf(mutant, to), Arrays.copyOfRange(mutant, at, mutant.length));
      case 3 -> {
        mutant[at] = (byte) random.nextInt(256);
        yield mutant;
      }
      default -> {
        // Numbers are what reads well and makes no sense.
        while (mutant[at] < '0' || mutant[at] > '9') {
          at = random.nextInt(mutant.length);
        }
        mutant[at] = (byte) ('0' + random.nextInt(10));
        yield mutant;
      }
    };
  }

  private static byte[] concat(byte[] head, byte[] tail) {
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  /// Which of the places that hold a number.
  private enum Place {
    FIRST,
    LAST
  }

  /// The partial with another number in the place of one that its first message has.
  private byte[] forged(long number, long other, Place place) throws IOException {
    byte[] right = Files.readAllBytes(whole.input());
    ByteBuffer bytes = ByteBuffer.wrap(right).order(ByteOrder.LITTLE_ENDIAN);
    int from = (int) whole.range().offset() + 2 * Integer.BYTES;
    int to = from + 600;
    int found = -1;
    for (int at = from; at < to && (found < 0 || place == Place.LAST); at += Integer.BYTES) {
      found = bytes.getLong(at) == number ? at : found;
    }
    assertThat(found).as("the place of %d", number).isPositive();
    bytes.putLong(found, other);
    return right;
  }

  private void assertCorrupt(byte[] partial, String why) throws IOException {
    assertThat(outcome(whole, partial))
        .isEqualTo(
            "FILE_CORRUPT: '%s' is not complete Arrow data: %s".formatted(whole.input(), why));
  }

  private String outcome(JoinFragment fragment, byte[] partial) throws IOException {
    Files.write(fragment.input(), partial);
    return outcome(fragment.request());
  }

  private void assertRefused(JsonNode request, String code, String message) {
    String outcome = outcome(request.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(outcome).isEqualTo(code + ": " + message);
    assertThat(TRIED_AGAIN).doesNotContain(ErrorCode.valueOf(code).errorClass());
  }

  /// What failed, or nothing.
  private String outcome(byte[] request) {
    try {
      FragmentResponse response = response(request);
      return response.error() == null
          ? ""
          : response.error().code() + ": " + response.error().message();
    } catch (InvalidMessage e) {
      assertThat(e.getStackTrace()).isEmpty();
      return String.valueOf(e.getMessage());
    }
  }

  private FragmentResponse response(byte[] request) {
    return Json.decode(whole.worker().handle(request), FragmentResponse.class);
  }

  /// The right request with one member changed, as JSON; `-` for left out.
  private JsonNode with(String member, String value) {
    JsonNode request = json(whole.request());
    int slash = member.lastIndexOf('/');
    String name = member.substring(slash + 1);
    switch (request.at(member.substring(0, slash))) {
      case ObjectNode object when value.equals("-") -> object.remove(name);
      case ObjectNode object -> object.set(name, json(text(value)));
      case ArrayNode array -> array.set(Integer.parseInt(name), json(text(value)));
      case JsonNode node -> throw new AssertionError(member + " is in " + node);
    }
    return request;
  }

  private byte[] text(String value) {
    return value.replace("{folder}", folder.toString()).getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode json(byte[] text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
