package io.frazil.iceberg;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;

/// As much of a server of Iceberg's REST protocol as a [RestWarehouse] asks for to make tables, to
/// write to them and to read them. Its tables are this process's and end with it; their data and
/// manifests go where whoever asks puts them.
public final class MemoryRest implements AutoCloseable {
  private static final String CONFIG = "config";
  private static final String NAMESPACES = "namespaces";

  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private final ObjectMapper json = new ObjectMapper();

  /// What it says to a request.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Reply(int status, byte[] body) {}

  /// @param location under which its tables lie
  public MemoryRest(String location) {
    catalog.initialize("memory", Map.of(CatalogProperties.WAREHOUSE_LOCATION, location));
    // As Iceberg's own client has it, which keeps its mapper to itself.
    json.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
    json.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    json.setPropertyNamingStrategy(new PropertyNamingStrategies.KebabCaseStrategy());
    RESTSerializers.registerAll(json);
  }

  /// @param path as `/v1/namespaces/a/tables/t`, of names without a part that is encoded
  public Reply answer(String method, String path, byte[] body) {
    try {
      return new Reply(200, json.writeValueAsBytes(answered(method, parts(path), body)));
    } catch (NoSuchNamespaceException | NoSuchTableException e) {
      return missing(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> parts(String path) {
    List<String> parts = List.of(path.split("/", -1));
    return parts.subList(2, parts.size());
  }

  private Object answered(String method, List<String> parts, byte[] body) throws IOException {
    boolean gives = method.equals("POST");
    if (parts.equals(List.of(CONFIG))) {
      return ConfigResponse.builder().build();
    }
    if (parts.equals(List.of(NAMESPACES))) {
      return gives
          ? CatalogHandlers.createNamespace(
              catalog, json.readValue(body, CreateNamespaceRequest.class))
          : CatalogHandlers.listNamespaces(catalog, Namespace.empty());
    }
    Namespace namespace = Namespace.of(parts.get(1));
    return switch (parts.size()) {
      case 2 -> CatalogHandlers.loadNamespace(catalog, namespace);
      case 3 -> gives ? created(namespace, body) : CatalogHandlers.listTables(catalog, namespace);
      case 4 -> {
        var table = TableIdentifier.of(namespace, parts.get(3));
        yield gives
            ? CatalogHandlers.updateTable(
                catalog, table, json.readValue(body, UpdateTableRequest.class))
            : CatalogHandlers.loadTable(catalog, table, SnapshotMode.ALL);
      }
      // What somebody measured of a scan or a commit.
      default -> Map.of();
    };
  }

  private Object created(Namespace namespace, byte[] body) throws IOException {
    CreateTableRequest request = json.readValue(body, CreateTableRequest.class);
    return request.stageCreate()
        ? CatalogHandlers.stageTableCreate(catalog, namespace, request)
        : CatalogHandlers.createTable(catalog, namespace, request);
  }

  private Reply missing(RuntimeException what) {
    try {
      ErrorResponse error =
          ErrorResponse.builder()
              .responseCode(404)
              .withType(what.getClass().getSimpleName())
              .withMessage(what.getMessage())
              .build();
      return new Reply(404, json.writeValueAsBytes(error));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      catalog.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
