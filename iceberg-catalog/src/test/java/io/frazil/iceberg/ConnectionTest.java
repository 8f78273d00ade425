package io.frazil.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.iceberg.Connection.Opened;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.ServiceFailureException;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private static final class Recorded extends InMemoryCatalog {
    private boolean closed;

    @Override
    public void close() {
      closed = true;
    }
  }

  private final List<Recorded> opened = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private final Connection connection = Connection.renewed(open(), this::open, () -> now);

  @Test
  void whatIsRefusedIsReadOnceMoreByAnother() {
    assertThat(connection.reading(refusing(1))).isEqualTo("c1");
    assertThat(connection.reading(refusing(1))).isEqualTo("c1");
    assertThat(connection.current().catalog()).isSameAs(opened.get(1));
    assertThat(opened).hasSize(2);
  }

  @Test
  void whatIsRefusedAgainIsTold() {
    assertThatThrownBy(() -> connection.reading(refusing(9)))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessage("c1 is refused");
  }

  @Test
  void anotherIsOpenedOnlyAfterAWhile() {
    assertThat(connection.reading(refusing(1))).isEqualTo("c1");
    assertThatThrownBy(() -> connection.reading(refusing(2))).hasMessage("c1 is refused");
    assertThat(opened).hasSize(2);
    now = now.plus(Connection.PAUSE);
    assertThat(connection.reading(refusing(2))).isEqualTo("c2");
  }

  @Test
  void whoWasRefusedWithTheOneBeforeReadsWithThePresent() {
    String name =
        connection.reading(used -> {
          if (opened.size() == 1) {
            assertThat(connection.reading(refusing(1))).isEqualTo("c1");
          }
          return refusing(1).apply(used);
        });
    assertThat(name).isEqualTo("c1");
    assertThat(opened).hasSize(2);
  }

  @Test
  void thatNoOtherCanBeOpenedIsSaidWithTheRefusal() {
    var down = new ServiceFailureException("the server is down");
    Connection broken =
        Connection.renewed(
            open(),
            () -> {
              throw down;
            },
            () -> now);
    assertThatThrownBy(() -> broken.reading(refusing(9))).hasSuppressedException(down);
    assertThatThrownBy(() -> broken.reading(refusing(9)))
        .as("nor is it tried again at once")
        .hasNoSuppressedExceptions();
  }

  @Test
  void theOneBeforeStaysOpenForThoseWhoWorkWithIt() {
    assertThat(connection.reading(refusing(1))).isEqualTo("c1");
    now = now.plus(Duration.ofMinutes(15));
    assertThat(connection.reading(refusing(2))).isEqualTo("c2");
    assertThat(opened).extracting(catalog -> catalog.closed).containsExactly(false, false, false);
    now = now.plus(Connection.REPLACED_AGE).minus(Duration.ofMinutes(15));
    assertThat(connection.reading(refusing(3))).isEqualTo("c3");
    assertThat(opened)
        .extracting(catalog -> catalog.closed)
        .containsExactly(true, false, false, false);
    connection.close();
    assertThat(opened).allSatisfy(catalog -> assertThat(catalog.closed).isTrue());
  }

  private Opened open() {
    var catalog = new Recorded();
    catalog.initialize("c" + opened.size(), Map.of());
    opened.add(catalog);
    return Opened.of(catalog);
  }

  /// Gives the catalog's name, but for the first so many.
  private static Function<Opened, String> refusing(int first) {
    return used -> {
      String name = used.catalog().name();
      if (Integer.parseInt(name.substring(1)) < first) {
        throw new NotAuthorizedException("%s is refused", name);
      }
      return name;
    };
  }
}
