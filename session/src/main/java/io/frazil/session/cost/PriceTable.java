package io.frazil.session.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;

/// What things cost, in dollars.
///
/// @param region that was asked for
/// @param pricedAs the region whose prices these are: another where the table has none of it
/// @param priced the day they are of
/// @param source where they are from
/// @param lambdaGbSecond one second of a function with a gigabyte (2^30 bytes) of memory
/// @param lambdaRequest one invocation
/// @param s3Get one read of an object, a range or a head
/// @param s3Put one object or part written, or one listing
/// @param stepFunctionsTransition one state of a standard execution entered
/// @param expressRequest one express execution
/// @param expressGbSecond one second of one with a gigabyte of memory
public record PriceTable(
    String region,
    String pricedAs,
    LocalDate priced,
    String source,
    double lambdaGbSecond,
    double lambdaRequest,
    double s3Get,
    double s3Put,
    double stepFunctionsTransition,
    double expressRequest,
    double expressGbSecond) {
  /// The region that most others cost as much as.
  public static final String NEAREST = "us-east-1";

  private static final String RESOURCE = "prices.json";
  private static final JsonNode PRICES = read();

  /// What a function's processor is.
  public enum Architecture {
    X86,
    ARM;

    /// Of this process.
    public static Architecture here() {
      return System.getProperty("os.arch").toLowerCase(Locale.ROOT).equals("aarch64") ? ARM : X86;
    }
  }

  /// The prices that come with this build, or the nearest that it has.
  public static PriceTable bundled(String region, Architecture architecture) {
    JsonNode regions = PRICES.required("regions");
    String as = regions.has(region) ? region : NEAREST;
    JsonNode own = regions.required(as);
    JsonNode common = PRICES.required("everywhere");
    return new PriceTable(
        region,
        as,
        LocalDate.parse(PRICES.required("priced").asText()),
        PRICES.required("source").asText(),
        dollars(
            common,
            switch (architecture) {
              case X86 -> "lambdaX86GbSecond";
              case ARM -> "lambdaArmGbSecond";
            }),
        dollars(common, "lambdaRequest"),
        dollars(own, "s3Get"),
        dollars(own, "s3Put"),
        dollars(common, "stepFunctionsTransition"),
        dollars(common, "expressRequest"),
        dollars(common, "expressGbSecond"));
  }

  /// Whether these are the region's own prices.
  public boolean isKnown() {
    return region.equals(pricedAs);
  }

  /// The region, and whose prices stand for its own: `us-east-1`, `xx-new-1 priced as us-east-1`.
  public String label() {
    return isKnown() ? region : region + " priced as " + pricedAs;
  }

  private static JsonNode read() {
    try (InputStream in = PriceTable.class.getResourceAsStream(RESOURCE)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in, RESOURCE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double dollars(JsonNode prices, String name) {
    return Double.parseDouble(prices.required(name).asText());
  }
}
