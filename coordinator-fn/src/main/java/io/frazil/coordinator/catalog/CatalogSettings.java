package io.frazil.coordinator.catalog;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectStore;
import io.frazil.iceberg.GlueWarehouse;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.iceberg.RestWarehouse;
import io.frazil.s3.AwsHosts;
import io.frazil.s3.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// What a function's environment variables say about its tables. One that is empty is one that is
/// not there.
///
/// - `FRAZIL_CATALOG`: `local` (the default), `glue`, `rest` or `s3tables`
/// - `FRAZIL_WAREHOUSE`: for `local`, the folder of the tables; default `warehouse`
/// - `FRAZIL_CATALOG_URI`: for `rest`, the server's address; for the others, another address than
///   Amazon's own
/// - `FRAZIL_CATALOG_WAREHOUSE`: for `glue`, below which location new tables lie whose schema has
///   none; for `rest`, the warehouse's name; for `s3tables`, the table bucket's ARN
/// - `FRAZIL_CATALOG_SECRET`: for `rest`, the ARN of a secret in Secrets Manager, which is a JSON
///   object with `token`, or with `credential` (`id:secret`) and what belongs to it
/// - `FRAZIL_SCHEMA`: where names without a schema are looked up
public final class CatalogSettings {
  private final Map<String, String> variables;

  public CatalogSettings(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  private enum Kind {
    LOCAL("main"),
    GLUE("default"),
    REST("default"),
    S3TABLES("default");

    private final String schema;

    Kind(String schema) {
      this.schema = schema;
    }
  }

  /// The schema of names that have none.
  public String schema() {
    return variable("FRAZIL_SCHEMA").orElseGet(() -> kind().schema);
  }

  /// Whether the tables' files are this machine's own.
  ///
  /// @throws FrazilException INVALID_ARGUMENT where the variables make no sense
  public boolean areOfThisMachine() {
    return kind() == Kind.LOCAL;
  }

  /// The catalog as a function keeps it.
  ///
  /// @param store where the tables' files are, but for a catalog of this machine
  public KeptCatalog kept(ObjectStore store) {
    return new KeptCatalog(this::secrets, secrets -> open(store, secrets), InstantSource.system());
  }

  /// Opens the catalog. The caller closes it.
  ///
  /// @param store where the tables' files are, but for a catalog of this machine
  /// @throws FrazilException INVALID_ARGUMENT where the variables make no sense
  IcebergCatalog open(ObjectStore store) {
    return open(store, secrets());
  }

  private IcebergCatalog open(ObjectStore store, Map<String, String> secrets) {
    Optional<String> warehouse = variable("FRAZIL_CATALOG_WAREHOUSE");
    return switch (kind()) {
      case LOCAL -> LocalWarehouse.open(Path.of(variable("FRAZIL_WAREHOUSE").orElse("warehouse")));
      case GLUE -> GlueWarehouse.open(store, warehouse, uri());
      case REST ->
          RestWarehouse.open(
              store,
              uri().orElseThrow(() -> missing("FRAZIL_CATALOG_URI")),
              warehouse,
              secrets,
              this::secrets);
      case S3TABLES ->
          RestWarehouse.s3Tables(
              store,
              S3Settings.of(variables).region(),
              warehouse.orElseThrow(() -> missing("FRAZIL_CATALOG_WAREHOUSE")),
              s3TablesServer());
    };
  }

  /// Where S3 Tables speaks the REST protocol.
  URI s3TablesServer() {
    return uri()
        .orElseGet(() ->
            URI.create(
                "https://"
                    + AwsHosts.of("s3tables", S3Settings.of(variables).region())
                    + "/iceberg"));
  }

  private Kind kind() {
    String name = variable("FRAZIL_CATALOG").orElse("local");
    return switch (name) {
      case "local" -> Kind.LOCAL;
      case "glue" -> Kind.GLUE;
      case "rest" -> Kind.REST;
      case "s3tables" -> Kind.S3TABLES;
      default ->
          throw new FrazilException(
              ErrorCode.INVALID_ARGUMENT,
              "FRAZIL_CATALOG is '%s', not one of local, glue, rest and s3tables".formatted(name));
    };
  }

  private Map<String, String> secrets() {
    Optional<String> arn = variable("FRAZIL_CATALOG_SECRET");
    if (arn.isEmpty() || kind() != Kind.REST) {
      return Map.of();
    }
    S3Settings aws = S3Settings.of(variables);
    String address =
        variable("AWS_ENDPOINT_URL_SECRETS_MANAGER")
            .or(() -> variable("AWS_ENDPOINT_URL"))
            .orElseGet(() -> "https://" + AwsHosts.of("secretsmanager", aws.region()));
    return Map.copyOf(
        new Secret(arn.get(), URI.create(address), aws.region(), aws.credentials()).read());
  }

  private Optional<URI> uri() {
    return variable("FRAZIL_CATALOG_URI").map(CatalogSettings::uri);
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "FRAZIL_CATALOG_URI is no address: '" + text + "'", e);
    }
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  private FrazilException missing(String variable) {
    return new FrazilException(
        ErrorCode.INVALID_ARGUMENT,
        "A catalog of kind '%s' needs the variable %s"
            .formatted(variables.get("FRAZIL_CATALOG"), variable));
  }
}
