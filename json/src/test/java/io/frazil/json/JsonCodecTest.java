package io.frazil.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frazil.json.Sample.Leaf;
import io.frazil.json.Sample.Number;
import io.frazil.json.Sample.Planet;
import io.frazil.json.Sample.Shape;
import io.frazil.json.Sample.Text;
import io.frazil.json.Sample.Tree;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {
  private static final int DEPTH_MAX = 20;

  private static final JsonCodec CODEC =
      JsonCodec.builder().depthMax(DEPTH_MAX).as(new Sample.NumberText()).build();

  private static final JsonCodec GENEROUS =
      JsonCodec.builder().absentIsEmpty().as(new Sample.NumberText()).build();

  @Test
  void aRecordIsAnObjectWithoutTheMembersThatAreNull() {
    assertThat(CODEC.text(new Leaf("a", 1, 2L, 0.5, true, null, Planet.SMALL_MARS)))
        .isEqualTo(
            "{\"name\":\"a\",\"count\":1,\"size\":2,\"share\":0.5,\"living\":true,"
                + "\"planet\":\"small_mars\"}");
  }

  @Test
  void everyKindOfMemberComesBackAsItWas() {
    for (long seed = 0; seed < 500; seed++) {
      Tree tree = new SampleTrees(seed).tree(4);
      assertThat(CODEC.read(CODEC.text(tree), Tree.class)).as("seed %d", seed).isEqualTo(tree);
      assertThat(CODEC.read(CODEC.bytes(tree), Tree.class)).as("seed %d", seed).isEqualTo(tree);
    }
  }

  @Test
  void anotherLibraryReadsTheSame() throws JsonProcessingException {
    var mapper = new ObjectMapper();
    for (long seed = 0; seed < 100; seed++) {
      String text = CODEC.text(new SampleTrees(seed).tree(3));
      String spaced =
          mapper.writerWithDefaultPrettyPrinter().writeValueAsString(mapper.readTree(text));
      assertThat(CODEC.text(CODEC.read(spaced, Tree.class))).as("seed %d", seed).isEqualTo(text);
    }
  }

  @Test
  void ofASealedInterfaceTheFirstMemberTellsWhich() {
    var round = new Shape.RoundOne(2);
    assertThat(CODEC.text(round)).isEqualTo("{\"is\":\"round-one\",\"radius\":2}");
    assertThat(CODEC.read("{\"is\":\"round-one\",\"radius\":2}", Shape.class)).isEqualTo(round);
    assertThat(CODEC.read("{\"is\":\"round-one\",\"radius\":2}", Shape.RoundOne.class))
        .isEqualTo(round);
    assertThat(CODEC.read("{\"is\":\"point\"}", Shape.class)).isEqualTo(new Shape.Point());
  }

  @Test
  void whatIsNoRecordOfASealedInterfaceHasNoForm() {
    assertThatThrownBy(() -> CODEC.text(new Sample.Drawn(new Shape.Free() {})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(" has no JSON form");
    assertThatThrownBy(() -> CODEC.text(new Object()))
        .hasMessage("an object of no class has no JSON form");
  }

  @Test
  void anObjectOfSomebodyElseStaysWhatItIs() {
    String part = "{\"big\":123456789012345678901,\"x\":[1,0.50,null,\"é\\u0000\"]}";
    var text = new Text(new JsonText(part), null);
    assertThat(CODEC.text(text)).isEqualTo("{\"part\":" + part + "}");
    assertThat(CODEC.read(CODEC.bytes(text), Text.class)).isEqualTo(text);
  }

  @Test
  void scalarsOfAnyKindKeepTheirs() {
    var any =
        new Sample.Any(Arrays.asList(1L, Long.MIN_VALUE, new BigDecimal("1.50"), "x", true, null));
    assertThat(CODEC.read(CODEC.text(any), Sample.Any.class)).isEqualTo(any);
    assertThat(CODEC.read("{\"values\":[123456789012345678901]}", Sample.Any.class).values())
        .isEqualTo(List.of(new BigDecimal("123456789012345678901")));
  }

  @Test
  void whatIsNoNumberInJsonIsAString() {
    for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0.0, 1e300}) {
      var leaf = new Leaf("a", 1, 2, number, true, null, Planet.EARTH);
      assertThat(CODEC.read(CODEC.text(leaf), Leaf.class)).isEqualTo(leaf);
    }
  }

  @Test
  void mapsAndListsAreWrittenWithoutADeclaration() {
    var map = new TreeMap<String, Object>();
    map.put("a", List.of(1, "x", new Shape.Point()));
    map.put("b", Map.of("c", Planet.EARTH));
    assertThat(CODEC.text(map))
        .isEqualTo("{\"a\":[1,\"x\",{\"is\":\"point\"}],\"b\":{\"c\":\"earth\"}}");
  }

  @Test
  void halfOfACharacterIsEscaped() {
    for (String half : List.of("a\ud800b", "a\ud800", "\udc00", "\ud800\ud800")) {
      var any = new Sample.Any(List.of(half));
      byte[] bytes = CODEC.bytes(any);
      assertThat(new String(bytes, StandardCharsets.UTF_8)).isASCII();
      assertThat(CODEC.read(bytes, Sample.Any.class)).isEqualTo(any);
    }
  }

  @Test
  void absentListsAndMapsAreEmptyWhereTheCodecSaysSo() {
    var empty = new Tree(new Shape.Point(), List.of(), Map.of(), Map.of(), new Number(1));
    String absent = "{\"shape\":{\"is\":\"point\"},\"number\":\"1\"}";
    assertThat(GENEROUS.read(absent, Tree.class)).isEqualTo(empty);
    assertThat(
            GENEROUS.read(
                "{\"shape\":{\"is\":\"point\"},\"number\":\"1\",\"children\":null,\"byName\":null}",
                Tree.class))
        .isEqualTo(empty);
    assertThatThrownBy(() -> CODEC.read(absent, Tree.class)).hasMessage("'children' is missing");
  }

  @Test
  void whatALenientRecordDoesNotKnowIsPassedOver() {
    assertThat(
            CODEC.read(
                "{\"later\":{\"a\":[1]},\"inner\":{\"x\":1,\"y\":2},\"Named\":\"n\"}",
                Sample.Mild.class))
        .isEqualTo(new Sample.Mild(new Sample.Mild.Inner(1), "n"));
  }

  @Test
  void namesThatOthersChoseAreKept() {
    assertThat(CODEC.text(new Sample.Mild(new Sample.Mild.Inner(1), "n")))
        .isEqualTo("{\"inner\":{\"x\":1},\"Named\":\"n\"}");
    assertThat(CODEC.text(Planet.NAMED)).isEqualTo("\"Third Rock\"");
    assertThat(CODEC.read("\"Third Rock\"", Planet.class)).isEqualTo(Planet.NAMED);
  }

  private static final String LEAF =
      """
      {"name":"a","count":1,"size":2,"share":0.5,"living":true,"planet":"earth"}\
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "\"count\":1 | \"count\":1.0 | 'count' has to be a whole number, not a number"
            + " with a fraction or an exponent",
        "\"count\":1 | \"count\":2147483648 | 'count' has to be a whole number from -2147483648 to"
            + " 2147483647",
        "\"count\":1 | \"count\":\"1\" | 'count' has to be a whole number, not a string",
        "\"count\":1 | \"count\":null | 'count' may not be null",
        "\"count\":1, | ^^ | 'count' is missing",
        "\"count\":1 | \"count\":1,\"count\":1 | 'count' is there twice",
        "\"size\":2 | \"size\":9223372036854775808 | 'size' has to be a whole number from"
            + " -9223372036854775808 to 9223372036854775807",
        "\"share\":0.5 | \"share\":\"much\" | 'share' has to be a number, not a string",
        "\"living\":true | \"living\":1 | 'living' has to be true or false, not a whole number",
        "\"name\":\"a\" | \"name\":[] | 'name' has to be a string, not an array",
        "\"name\":\"a\" | \"name\":null | 'name' may not be null",
        "earth | pluto | 'planet' has to be one of small_mars, earth, Third Rock, not 'pluto'",
        "\"earth\" | 3 | 'planet' has to be one of small_mars, earth, Third Rock, not a whole"
            + " number",
        "\"count\":1 | \"count\":-1 | count must not be negative",
        "\"count\":1 | \"cnt\":1 | 'cnt' is not known: members are name, count, size, share,"
            + " living, note, planet",
      })
  void whatIsWrongIsNamed(String right, String wrong, String message) {
    String json = LEAF.replace(right, wrong == null ? "" : wrong);
    assertThatThrownBy(() -> CODEC.read(json, Leaf.class))
        .isInstanceOf(JsonFormatException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{\"children\":[{\"shape\":7}]} | 'children[0].shape' has to be an object, not a whole"
            + " number",
        "{\"children\":[{\"shape\":{}}]} | 'children[0].shape' has to begin with 'is', which tells"
            + " what it is",
        "{\"shape\":{\"radius\":1}} | 'shape' has to begin with 'is', which tells what it is",
        "{\"shape\":{\"is\":1}} | 'shape' has to begin with 'is', which tells what it is",
        "{\"shape\":{\"is\":\"cube\"}} | 'shape.is' has to be one of round-one, point, not 'cube'",
        "{\"shape\":{\"is\":\"round-one\"}} | 'shape.radius' is missing",
        "{\"shape\":{\"is\":\"round-one\",\"radius\":-1}} | a radius is not negative (in 'shape')",
        "{\"children\":[null]} | 'children[0]' may not be null",
        "{\"children\":{}} | 'children' has to be an array, not an object",
        "{\"byNumber\":{\"x\":[]}} | 'byNumber.x' has to be named by a whole number",
        "{\"byNumber\":{\"1\":[],\"1\":[]}} | 'byNumber.1' is there twice",
        "{\"byNumber\":{\"1\":[7]}} | 'byNumber.1[0]' has to be an object, not a whole number",
        "{\"byName\":{\"a\":null}} | 'byName.a' may not be null",
        "{\"number\":\"one\"} | For input string: \"one\" (in 'number')",
      })
  void itsPlaceIsToldHoweverDeepItLies(String json, String message) {
    assertThatThrownBy(() -> CODEC.read(json, Tree.class))
        .isInstanceOf(JsonFormatException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "^^ | it is empty",
        "null | it may not be null",
        "[] | it has to be an object, not an array",
        "{\"part\":7} | 'part' has to be an object, not a whole number",
        "{} {} | something stands behind its end",
      })
  void theWholeHasToBeOneObject(String json, String message) {
    assertThatThrownBy(() -> CODEC.read(json, Text.class))
        .isInstanceOf(JsonFormatException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"part\":{\"a\":[1}}", "{\"part\":SELECT}", "{} x", "{\"part\"}"})
  void whatIsNoJsonIsRefused(String json) {
    assertThatThrownBy(() -> CODEC.read(json, Text.class)).isInstanceOf(JsonFormatException.class);
  }

  @Test
  void depthIsBounded() {
    String deep = "{\"children\":[".repeat(DEPTH_MAX);
    assertThatThrownBy(() -> CODEC.read(deep, Tree.class))
        .isInstanceOf(JsonFormatException.class)
        .hasMessageStartingWith("Document nesting depth (21) exceeds the maximum allowed (20");
  }

  @Test
  void nothingIsWrittenThatIsTooDeepToBeRead() {
    Tree deepest = tree(DEPTH_MAX / 2);
    assertThat(CODEC.read(CODEC.text(deepest), Tree.class)).isEqualTo(deepest);
    assertThatThrownBy(() -> CODEC.text(tree(DEPTH_MAX / 2 + 1)))
        .isInstanceOf(JsonFormatException.class)
        .hasMessageStartingWith("Document nesting depth (21) exceeds the maximum allowed (20");
  }

  /// Two brackets for each tree in a tree.
  private static Tree tree(int trees) {
    List<Tree> children = trees == 1 ? List.of() : List.of(tree(trees - 1));
    return new Tree(new Shape.Point(), children, Map.of(), Map.of(), new Number(1));
  }

  @Test
  void lengthsAreBounded() {
    JsonCodec small = JsonCodec.builder().lengthMax(30).stringMax(5).nameMax(8).build();
    for (String json :
        List.of(
            "{\"values\":[1]" + " ".repeat(30_000) + "}",
            "{\"values\":[\"abcdef\"]}",
            "{\"valuesvalues\":[]}")) {
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> small.read(bytes, Sample.Any.class))
          .isInstanceOf(JsonFormatException.class)
          .hasMessageContaining("exceeds the maximum allowed");
    }
  }

  @Test
  void aTextThatIsCutAnywhereIsRefused() {
    String json = CODEC.text(new SampleTrees(7).tree(3));
    for (int length = 0; length < json.length(); length++) {
      String cut = json.substring(0, length);
      assertThatThrownBy(() -> CODEC.read(cut, Tree.class)).isInstanceOf(JsonFormatException.class);
    }
  }
}
