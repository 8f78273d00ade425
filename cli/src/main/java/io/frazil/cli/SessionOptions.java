package io.frazil.cli;

import io.frazil.cli.option.DollarAmount;
import io.frazil.cli.option.MemorySize;
import io.frazil.cli.option.TimeSpan;
import io.frazil.cli.option.WholeNumber;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.session.StatementLimits;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of every command that runs queries, and the session that they describe.
public final class SessionOptions {
  /// The share of the heap that queries may reserve; the rest is for what is not accounted.
  private static final double POOL_SHARE = 0.75;

  @Option(
      names = "--warehouse",
      paramLabel = "DIR",
      description = {
        "The folder of Iceberg tables; made when its first table is.",
        "Default: what FRAZIL_WAREHOUSE says, or ./warehouse."
      })
  private @Nullable Path warehouse;

  @Option(
      names = "--workers",
      paramLabel = "N",
      converter = WholeNumber.FromZero.class,
      description = {
        "Run fragments on N workers at a time, through the code that runs on Lambda.",
        "A statement then has at most 1,000,000 characters. Default: 0, all in one go."
      })
  private @Nullable Integer workers;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = WholeNumber.FromOne.class,
      description = "Threads of a query, or of each worker. Default: one a processor.")
  private @Nullable Integer threads;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = MemorySize.Converter.class,
      description = "What the process may use: 512MB, 2GB. Default: half of the machine's.")
  private @Nullable MemorySize memory;

  @Option(
      names = "--budget",
      paramLabel = "DOLLARS",
      converter = DollarAmount.class,
      description = {
        "What a statement may cost on Lambda, in US dollars: one predicted to cost more is not",
        "begun, one that comes to cost more is stopped. Default: any amount."
      })
  private @Nullable BigDecimal budget;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = {
        "How long a statement may run: 30s, 5m, 1h; one that takes longer is stopped.",
        "Default: as long as it takes."
      })
  private @Nullable Duration timeout;

  Path warehouse() {
    if (warehouse != null) {
      return warehouse;
    }
    return Path.of(EnvironmentVariable.of("FRAZIL_WAREHOUSE").orElse("warehouse"));
  }

  int threads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /// Of each statement.
  StatementLimits limits() {
    return new StatementLimits(budget, timeout);
  }

  /// Whether something is said of where and how statements run on this machine.
  boolean isOfThisMachine() {
    return warehouse != null || workers != null || threads != null;
  }

  /// What queries may reserve, in bytes.
  long poolBytes() {
    long heap = Runtime.getRuntime().maxMemory();
    // Without the launcher the heap knows nothing of the option.
    return (long) (POOL_SHARE * (memory == null ? heap : Math.min(heap, memory.bytes())));
  }

  /// The warehouse, made where it isn't there.
  IcebergCatalog openWarehouse() {
    return LocalWarehouse.open(warehouse());
  }

  /// A session over the warehouse.
  public CliSession open() {
    return open(0);
  }

  /// The same with so many workers, where the options name none.
  CliSession open(int workersByDefault) {
    var catalog = new WarehouseOnDemand(warehouse());
    CliSession.Resources resources = resources();
    int count = workers == null || workers == 0 ? workersByDefault : workers;
    return count == 0
        ? CliSession.embedded(catalog, resources, catalog::close)
        : CliSession.withWorkers(catalog, count, resources, catalog::close);
  }

  /// The functions of a deployment over the warehouse, in this process.
  LocalDeployment deployment() {
    var catalog = new WarehouseOnDemand(warehouse());
    return CliSession.deployment(
        catalog, workers == null ? 0 : workers, resources(), catalog::close);
  }

  private CliSession.Resources resources() {
    return new CliSession.Resources(threads(), new MemoryPool(poolBytes()), limits());
  }
}
