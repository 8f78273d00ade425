package io.frazil.session.cost;

import io.frazil.json.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What things cost, in dollars.
///
/// @param region that was asked for
/// @param pricedAs the region whose prices these are: another where the table has none of it
/// @param priced the day they are of
/// @param source where they are from
/// @param dollars for one of each
/// @param assumed those which are another region's
public record PriceTable(
    String region,
    String pricedAs,
    LocalDate priced,
    String source,
    Map<Price, Double> dollars,
    Set<Price> assumed) {
  /// The region that most others cost as much as.
  public static final String NEAREST = "us-east-1";

  private static final String RESOURCE = "prices.json";
  private static final PriceFile PRICES = read();

  /// The data that comes with the build: dollars by region and price.
  private record PriceFile(
      String priced, String source, Map<String, Map<String, String>> regions) {}

  public PriceTable {
    dollars = Map.copyOf(dollars);
    assumed = Set.copyOf(assumed);
  }

  /// What a function's processor is.
  public enum Architecture {
    X86,
    ARM;

    /// Of this process.
    public static Architecture here() {
      return System.getProperty("os.arch").toLowerCase(Locale.ROOT).equals("aarch64") ? ARM : X86;
    }
  }

  /// What is paid for.
  public enum Price {
    /// One second of a function with a gigabyte (2^30 bytes) of memory.
    LAMBDA_GB_SECOND("lambdaX86GbSecond", "lambdaArmGbSecond"),
    /// One second of a function with a gigabyte of disk above what comes with each.
    LAMBDA_DISK_GB_SECOND("lambdaDiskGbSecond"),
    /// One invocation.
    LAMBDA_REQUEST("lambdaRequest"),
    /// One read of an object, a range or a head.
    S3_GET("s3Get"),
    /// One object or part written, or one listing.
    S3_PUT("s3Put"),
    /// One state of a standard execution entered.
    TRANSITION("transition"),
    /// One express execution.
    EXPRESS_REQUEST("expressRequest"),
    /// One second of one with a gigabyte of memory.
    EXPRESS_GB_SECOND("expressGbSecond"),
    /// One request to an HTTP API.
    HTTP_REQUEST("httpRequest");

    private final String x86;
    private final String arm;

    Price(String name) {
      this(name, name);
    }

    Price(String x86, String arm) {
      this.x86 = x86;
      this.arm = arm;
    }

    private String member(Architecture architecture) {
      return switch (architecture) {
        case X86 -> x86;
        case ARM -> arm;
      };
    }
  }

  /// The prices that come with this build; what it lacks of a region is taken from the nearest.
  public static PriceTable bundled(String region, Architecture architecture) {
    String as = PRICES.regions.containsKey(region) ? region : NEAREST;
    Map<String, String> nearest = Objects.requireNonNull(PRICES.regions.get(NEAREST));
    Map<String, String> here = PRICES.regions.getOrDefault(region, Map.of());
    Map<Price, Double> dollars = new EnumMap<>(Price.class);
    Set<Price> assumed = EnumSet.noneOf(Price.class);
    for (Price price : Price.values()) {
      String member = price.member(architecture);
      String own = here.get(member);
      if (own == null) {
        assumed.add(price);
      }
      String text = own == null ? Objects.requireNonNull(nearest.get(member), member) : own;
      dollars.put(price, Double.parseDouble(text));
    }
    return new PriceTable(
        region, as, LocalDate.parse(PRICES.priced), PRICES.source, dollars, assumed);
  }

  public double of(Price price) {
    return Objects.requireNonNull(dollars.get(price));
  }

  public double lambdaGbSecond() {
    return of(Price.LAMBDA_GB_SECOND);
  }

  public double lambdaRequest() {
    return of(Price.LAMBDA_REQUEST);
  }

  public double s3Get() {
    return of(Price.S3_GET);
  }

  public double s3Put() {
    return of(Price.S3_PUT);
  }

  /// The region, and whose prices stand for its own: `us-east-1`, `xx-new-1 priced as us-east-1`.
  public String label() {
    return region.equals(pricedAs) ? region : region + " priced as " + pricedAs;
  }

  private static PriceFile read() {
    try (InputStream in = PriceTable.class.getResourceAsStream(RESOURCE)) {
      byte[] json = Objects.requireNonNull(in, RESOURCE).readAllBytes();
      return JsonCodec.builder().build().read(json, PriceFile.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
