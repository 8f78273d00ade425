package io.frazil.coordinator.fanout;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/// One function on a Lambda within this process, with the limits of the real one: on the sizes of
/// requests and responses, and on how many of it run at a time.
final class FakeLambda implements FunctionCall {
  /// What a synchronous invocation carries, each way.
  private static final int PAYLOAD_MAX = 6 << 20;

  /// What it says that each call is billed, in milliseconds.
  static final long BILLED = 7;

  private final UnaryOperator<byte[]> function;
  private final int concurrency;
  private final Duration latency;
  final AtomicInteger calls = new AtomicInteger();
  final AtomicInteger throttled = new AtomicInteger();
  final AtomicInteger running = new AtomicInteger();
  final AtomicInteger runningMax = new AtomicInteger();
  final AtomicInteger requestBytesMax = new AtomicInteger();
  final AtomicInteger responseBytesMax = new AtomicInteger();

  FakeLambda(int concurrency, Duration latency, UnaryOperator<byte[]> function) {
    this.concurrency = concurrency;
    this.latency = latency;
    this.function = function;
  }

  @Override
  public Answer call(byte[] payload) {
    calls.incrementAndGet();
    requestBytesMax.accumulateAndGet(payload.length, Math::max);
    if (payload.length > PAYLOAD_MAX) {
      throw new FrazilException(ErrorCode.INVALID_MESSAGE, "RequestTooLargeException");
    }
    try {
      if (running.incrementAndGet() > concurrency) {
        throttled.incrementAndGet();
        throw new FrazilException(ErrorCode.THROTTLED, "Rate Exceeded.");
      }
      runningMax.accumulateAndGet(running.get(), Math::max);
      Thread.sleep(latency);
      byte[] response = function.apply(payload);
      responseBytesMax.accumulateAndGet(response.length, Math::max);
      if (response.length > PAYLOAD_MAX) {
        throw new FrazilException(ErrorCode.INTERNAL, "Function.ResponseSizeTooLarge");
      }
      return new Answer(response, OptionalLong.of(BILLED));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      running.decrementAndGet();
    }
  }
}
