package io.frazil.engine.fragment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.arrow.PartialWriter;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.Split;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FragmentJsonTest {
  private static final String FUNCTIONS = BuildId.fingerprint(FunctionRegistry.empty());

  private static final Fragment FRAGMENT =
      new Fragment(
          Fragment.VERSION,
          BuildId.current(),
          FUNCTIONS,
          new PhysicalPlan.StageInput(1, 0, Schema.of(new Field("x", Types.BIGINT, true))),
          Map.of(
              3,
              List.of(
                  new Split.Parquet(
                      "file:/a",
                      4,
                      100,
                      200,
                      "v1",
                      Map.of(7, new Expression.Literal(-1L, Types.DATE))))),
          Map.of(
              0,
              List.of(
                  new PartialManifest(
                      "queries/q/stages/0/tasks/0.arrow",
                      "2",
                      512,
                      List.of(new PartialManifest.Range(8, 64, 3))))),
          new Fragment.Output(
              "queries/q/stages/1/tasks/0.arrow",
              new Distribution.Hash(List.of(0), 4),
              PartialWriter.Compression.ZSTD,
              65536),
          new Fragment.Limits(1 << 20, 2),
          "queries/q/control.json");

  @Test
  void aFragmentComesBackAsItWas() {
    assertThat(FragmentJson.read(FragmentJson.write(FRAGMENT), FUNCTIONS)).isEqualTo(FRAGMENT);
  }

  @Test
  void anotherFormatVersionIsRefusedWhateverElseItHolds() {
    assertRefused(
        "{\"version\":2,\"news\":[]}",
        FUNCTIONS,
        ErrorCode.VERSION_MISMATCH,
        "The fragment was planned with format version 2, this worker has 1: deploy both together");
  }

  @Test
  void anotherBuildIsRefused() {
    String build = BuildId.current();
    assertRefused(
        FragmentJson.write(FRAGMENT).replace("\"build\":\"" + build, "\"build\":\"older"),
        FUNCTIONS,
        ErrorCode.VERSION_MISMATCH,
        "The fragment was planned with build older, this worker has "
            + build
            + ": deploy both together");
  }

  @Test
  void otherFunctionsAreRefused() {
    String functions = BuildId.fingerprint(FunctionRegistry.empty().with(new Unused()));
    assertThat(functions).isNotEqualTo(FUNCTIONS);
    assertRefused(
        FragmentJson.write(FRAGMENT),
        functions,
        ErrorCode.VERSION_MISMATCH,
        "The fragment was planned with function registry "
            + FUNCTIONS
            + ", this worker has "
            + functions
            + ": deploy both together");
  }

  @Test
  void whatDoesNotBeginWithAVersionIsNoFragment() {
    assertRefused(
        "{\"build\":\"1\",\"version\":1}",
        FUNCTIONS,
        ErrorCode.INVALID_MESSAGE,
        "Fragment cannot be read: it does not begin with its version");
  }

  @Test
  void aFragmentCutShortIsRefused() {
    String text = FragmentJson.write(FRAGMENT);
    assertThatThrownBy(() -> FragmentJson.read(text.substring(0, text.length() / 2), FUNCTIONS))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_MESSAGE))
        .hasMessageStartingWith("Fragment cannot be read: ");
  }

  private static void assertRefused(String text, String functions, ErrorCode code, String message) {
    assertThatThrownBy(() -> FragmentJson.read(text, functions))
        .isInstanceOfSatisfying(FrazilException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(message);
  }

  private static final class Unused implements ScalarFunction {
    @Override
    public String name() {
      return "unused";
    }

    @Override
    public Optional<Signature> resolve(List<DataType> arguments) {
      return Optional.empty();
    }

    @Override
    public Volatility volatility() {
      return Volatility.IMMUTABLE;
    }

    @Override
    public Body bind(List<Expression> arguments) {
      throw new UnsupportedOperationException("never called");
    }
  }
}
