package io.frazil.localstack.queries;

import io.frazil.localstack.doors.Door;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import io.frazil.oracle.TpchOracle;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// TPC-H by the deployed functions: each answer equals DuckDB's over the same files. All of it by
/// direct invocation is [io.frazil.localstack.parts.PrimedFunctionsTest]'s.
@OnLocalStack
@Timeout(300)
final class TpchOnLambdaTest {
  private final Whole whole;

  TpchOnLambdaTest(Whole whole) {
    this.whole = whole;
  }

  @TestFactory
  Stream<DynamicTest> someQueriesByTheHttpDoor() {
    return queries(whole.http(), IntStream.of(1, 3, 11, 15, 18));
  }

  @TestFactory
  Stream<DynamicTest> someQueriesByTheStateMachine() {
    return queries(whole.stateMachine(), IntStream.of(1, 12, 18));
  }

  private Stream<DynamicTest> queries(Door door, IntStream numbers) {
    TpchOracle oracle = whole.lake().oracle();
    return numbers
        .mapToObj(n -> DynamicTest.dynamicTest("Q" + n, () -> oracle.compare(n, door.engine())))
        .onClose(oracle::close);
  }
}
