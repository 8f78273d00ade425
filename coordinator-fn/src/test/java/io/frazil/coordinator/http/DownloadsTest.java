package io.frazil.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.coordinator.query.QueryRunner;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectLinks;
import io.frazil.events.QueryRequest;
import io.frazil.events.ResultLocation;
import io.frazil.session.SessionContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Results in other formats than they were written in.
final class DownloadsTest {
  private static final String MANY =
      "WITH d(n) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))"
          + " SELECT a.n FROM d a, d b, d c, d e, d f";

  @TempDir private Path folder;

  private final LocalObjectStore store = new LocalObjectStore();

  @Test
  void theyAreMadeOnce() throws Exception {
    String output = result();
    ResultLocation first = downloads(InstantSource.system()).of("q", output, DownloadFormat.CSV);
    ResultLocation second = downloads(seconds(60)).of("q", output, DownloadFormat.CSV);
    assertThat(second.bytes()).isEqualTo(first.bytes()).isEqualTo(2 + 2 * 100_000);
  }

  @Test
  void whatTakesLongerThanAnAnswerMayComesAsItIsAndLeavesNothing() throws Exception {
    String output = result();
    Downloads slow = downloads(seconds(11));
    assertThatThrownBy(() -> slow.of("q", output, DownloadFormat.PARQUET))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIME_LIMIT))
        .hasMessage("The result takes more than 20 s to become parquet: have it as arrow");
    assertThat(slow.of("q", output, DownloadFormat.ARROW).bytes()).isPositive();
    try (Stream<Path> left = Files.list(Path.of(output).getParent())) {
      assertThat(left).noneMatch(file -> file.toString().contains("parquet"));
    }
  }

  @Test
  void theyAreGoodForAsLongAsTheirLinks() {
    Instant end = Instant.parse("2026-01-31T12:07:00.999Z");
    ObjectLinks links =
        (location, lasting) -> {
          assertThat(lasting).isEqualTo(Duration.ofMinutes(15));
          return new ObjectLinks.Link("https://links" + location, end);
        };
    String output = result();
    ResultLocation found =
        new Downloads(store, links, seconds(1)).of("q", output, DownloadFormat.ARROW);
    assertThat(found.location()).isEqualTo("https://links" + output);
    assertThat(found.expires()).isEqualTo("2026-01-31T12:07:00Z");
  }

  private Downloads downloads(InstantSource clock) {
    ObjectLinks links = (location, _) -> new ObjectLinks.Link(location, Instant.MAX);
    return new Downloads(store, links, clock);
  }

  /// A clock that goes on by so many at each look.
  private static InstantSource seconds(long step) {
    var now = new AtomicLong();
    return () -> Instant.ofEpochSecond(now.getAndAdd(step));
  }

  /// Where a result lies.
  private String result() {
    try (var runner =
        new QueryRunner(SessionContext::builder, store, folder + "/", Duration.ofMillis(10))) {
      QueryRequest request = QueryRequest.of(MANY).withFormat(QueryRequest.Format.ARROW);
      return Objects.requireNonNull(runner.answer(request).output());
    }
  }
}
