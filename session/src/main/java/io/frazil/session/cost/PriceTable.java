package io.frazil.session.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Objects;

/// What things cost, in dollars.
///
/// @param region whose prices
/// @param priced the day they are of
/// @param source where they are from
/// @param lambdaGbSecond one second of a function with a gigabyte (2^30 bytes) of memory
/// @param lambdaRequest one invocation
/// @param s3Get one read of an object or a range
/// @param s3Put one object written, or one listing
public record PriceTable(
    String region,
    LocalDate priced,
    String source,
    double lambdaGbSecond,
    double lambdaRequest,
    double s3Get,
    double s3Put) {
  private static final String RESOURCE = "prices.json";

  /// What a function's processor is.
  public enum Architecture {
    X86,
    ARM
  }

  /// The table that comes with this build.
  public static PriceTable bundled(Architecture architecture) {
    try (InputStream in = PriceTable.class.getResourceAsStream(RESOURCE)) {
      JsonNode prices = new ObjectMapper().readTree(Objects.requireNonNull(in, RESOURCE));
      return new PriceTable(
          prices.required("region").asText(),
          LocalDate.parse(prices.required("priced").asText()),
          prices.required("source").asText(),
          dollars(
              prices,
              switch (architecture) {
                case X86 -> "lambdaX86GbSecond";
                case ARM -> "lambdaArmGbSecond";
              }),
          dollars(prices, "lambdaRequest"),
          dollars(prices, "s3Get"),
          dollars(prices, "s3Put"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double dollars(JsonNode prices, String name) {
    return Double.parseDouble(prices.required(name).asText());
  }
}
