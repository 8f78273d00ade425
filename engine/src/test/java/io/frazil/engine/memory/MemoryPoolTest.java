package io.frazil.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import org.junit.jupiter.api.Test;

class MemoryPoolTest {
  private final MemoryPool pool = new MemoryPool(100 << 20);

  @Test
  void whatIsHeldIsCountedUntilItIsClosed() {
    try (Reservation sort = pool.reservation("sort 1")) {
      sort.grow(60 << 20);
      sort.resize(40 << 20);
      assertThat(pool.used()).isEqualTo(40 << 20);
    }
    assertThat(pool.used()).isZero();
    assertThat(pool.peak()).isEqualTo(60 << 20);
  }

  @Test
  void beyondTheLimitNothingIsTaken() {
    try (Reservation sort = pool.reservation("sort 1")) {
      sort.grow(70 << 20);
      assertThatThrownBy(() -> sort.grow(40 << 20))
          .isInstanceOf(FrazilException.class)
          .hasMessage(
              "sort 1 needs 40 MiB more memory, but 70 MiB of the query's 100 MiB are in use;"
                  + " raise the limit (--memory) or use fewer threads")
          .extracting(e -> ((FrazilException) e).code())
          .isEqualTo(ErrorCode.MEMORY_LIMIT);
      assertThat(pool.used()).isEqualTo(70 << 20);
    }
  }

  @Test
  void aPoolWithinAnotherIsBoundByBoth() {
    MemoryPool first = pool.within(80 << 20);
    MemoryPool second = pool.within(80 << 20);
    try (Reservation one = first.reservation("one");
        Reservation two = second.reservation("two")) {
      assertThat(one.tryGrow(81 << 20)).isFalse();
      one.grow(70 << 20);
      assertThat(two.tryGrow(31 << 20)).isFalse();
      two.grow(30 << 20);
      assertThat(pool.used()).isEqualTo(100 << 20);
      assertThat(second.used()).isEqualTo(30 << 20);
    }
    assertThat(pool.used()).isZero();
    assertThat(first.peak()).isEqualTo(70 << 20);
    assertThat(pool.peak()).isEqualTo(100 << 20);
  }

  @Test
  void whatOthersHoldIsNamedAsInUse() {
    MemoryPool own = pool.within(100 << 20);
    try (Reservation other = pool.reservation("other");
        Reservation join = own.reservation("hash join 7")) {
      other.grow(90 << 20);
      assertThatThrownBy(() -> join.grow(20 << 20))
          .hasMessage(
              "hash join 7 needs 20 MiB more memory, but 90 MiB of the query's 100 MiB are in use;"
                  + " raise the limit (--memory) or use fewer threads");
    }
  }

  @Test
  void aLimitIsPositive() {
    assertThatThrownBy(() -> new MemoryPool(0))
        .hasMessage("the memory limit must be positive, not 0");
  }
}
