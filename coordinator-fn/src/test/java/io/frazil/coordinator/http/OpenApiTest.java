package io.frazil.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.frazil.engine.error.ErrorCode;
import io.frazil.events.ErrorMessage;
import io.frazil.events.HttpEvent;
import io.frazil.events.Json;
import io.frazil.events.Problem;
import io.frazil.events.QueryList;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState;
import io.frazil.events.QueryStatus;
import io.frazil.events.ResultLocation;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The description of the API says what the code does, both ways. That real answers are as
/// described is checked wherever tests ask for them.
class OpenApiTest {
  private static final OpenApiDocument DOCUMENT = OpenApiDocument.read();

  private static final Map<String, Class<? extends Record>> RECORDS =
      Map.ofEntries(
          Map.entry("QueryRequest", QueryRequest.class),
          Map.entry("QueryStatus", QueryStatus.class),
          Map.entry("StageSoFar", QueryStatus.Stage.class),
          Map.entry("Progress", QueryState.Progress.class),
          Map.entry("QueryResponse", QueryResponse.class),
          Map.entry("Page", Results.Page.class),
          Map.entry("ResultColumn", QueryResponse.Column.class),
          Map.entry("Statistics", QueryResponse.Statistics.class),
          Map.entry("Stage", QueryResponse.Stage.class),
          Map.entry("Scan", QueryResponse.Scan.class),
          Map.entry("Estimate", QueryResponse.Estimate.class),
          Map.entry("StageEstimate", QueryResponse.StageEstimate.class),
          Map.entry("Range", QueryResponse.Range.class),
          Map.entry("Ledger", QueryResponse.Ledger.class),
          Map.entry("Line", QueryResponse.Line.class),
          Map.entry("QueryList", QueryList.class),
          Map.entry("Entry", QueryList.Entry.class),
          Map.entry("ResultLocation", ResultLocation.class),
          Map.entry("Plan", HttpDoor.Plan.class),
          Map.entry("Schemas", HttpDoor.Schemas.class),
          Map.entry("Tables", HttpDoor.Tables.class),
          Map.entry("Table", HttpDoor.Table.class),
          Map.entry("Column", HttpDoor.Column.class),
          Map.entry("ErrorMessage", ErrorMessage.class),
          Map.entry("Position", ErrorMessage.Position.class),
          Map.entry("Problem", Problem.class));

  /// Schemas of no record.
  private static final Set<String> OTHERS = Set.of("Phase", "Rows", "Code", "GatewayError");

  /// Codes of requests that are wrong as HTTP.
  private static final Set<String> HTTP_CODES =
      Set.of(
          "PATH_NOT_FOUND",
          "METHOD_NOT_ALLOWED",
          "UNAUTHORIZED",
          "REQUEST_TOO_LARGE",
          "ANSWER_TOO_LARGE");

  @Test
  void eachRouteHasASample() throws IOException {
    var asked = EnumSet.noneOf(Route.class);
    try (DirectoryStream<Path> samples =
        Files.newDirectoryStream(Path.of("..", "events", "samples"), "http-[!b]*.json")) {
      for (Path sample : samples) {
        HttpEvent event = Json.decode(Files.readAllBytes(sample), HttpEvent.class);
        String method = event.requestContext().http().method();
        asked.add(Route.match(method, event.rawPath()).route());
      }
    }
    assertThat(asked).containsExactly(Route.values());
  }

  @Test
  void routesAreThoseOfTheCode() {
    Set<String> described = new TreeSet<>();
    operations().forEach(o -> described.add(o.method() + " " + o.path()));
    assertThat(described)
        .isEqualTo(
            Arrays.stream(Route.values())
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void parametersAreThoseOfTheCode() {
    for (Operation operation : operations()) {
      Route route =
          Arrays.stream(Route.values())
              .filter(
                  r -> r.method().equals(operation.method()) && r.path().equals(operation.path()))
              .findAny()
              .orElseThrow();
      assertThat(operation.parameters("query"))
          .as("%s %s", operation.method(), operation.path())
          .containsExactlyInAnyOrderElementsOf(HttpDoor.parameters(route));
      assertThat(operation.parameters("path"))
          .containsExactlyElementsOf(
              Stream.of(route.path().split("/"))
                  .filter(part -> part.startsWith("{"))
                  .map(part -> part.substring(1, part.length() - 1))
                  .toList());
      assertThat(operation.parameters("header"))
          .as("headers of %s %s", operation.method(), operation.path())
          .usingElementComparator(String::compareToIgnoreCase)
          .isEqualTo(route == Route.SUBMIT ? List.of(Requests.IDEMPOTENCY_KEY) : List.of());
      assertThat(operation.node().has("requestBody")).isEqualTo(route.method().equals("POST"));
    }
  }

  @Test
  void schemasAreThoseOfTheCode() {
    Set<String> expected = new TreeSet<>(RECORDS.keySet());
    expected.addAll(OTHERS);
    assertThat(names(schemas())).containsExactlyInAnyOrderElementsOf(expected);
    RECORDS.forEach(OpenApiTest::assertDescribes);
  }

  @Test
  void codesAreThoseOfTheCode() {
    Set<String> codes = new TreeSet<>(HTTP_CODES);
    Arrays.stream(ErrorCode.values()).map(Enum::name).forEach(codes::add);
    assertThat(texts(schemas().at("/Code/enum"))).containsExactlyInAnyOrderElementsOf(codes);
  }

  @Test
  void limitsAreThoseOfTheCode() {
    JsonNode request = schemas().at("/QueryRequest/properties");
    assertThat(request.at("/sql/maxLength").asInt()).isEqualTo(QueryRequest.SQL_CHARACTERS_MAX);
    assertThat(request.at("/parameters/maxItems").asInt()).isEqualTo(QueryRequest.PARAMETERS_MAX);
    assertThat(request.at("/views/maxItems").asInt()).isEqualTo(QueryRequest.VIEWS_MAX);
    assertThat(DOCUMENT.root().at("/info/description").asText())
        .contains("%,d bytes".formatted(Requests.BODY_BYTES_MAX))
        .contains("%,d".formatted(Json.MAX_BYTES))
        .contains("%,d characters".formatted(QueryRequest.SQL_CHARACTERS_MAX));
    List<String> formats =
        texts(
            DOCUMENT.root().at("/paths/~1v1~1queries~1{id}~1results/get/parameters/0/schema/enum"));
    assertThat(formats.subList(1, formats.size()))
        .containsExactlyElementsOf(
            Arrays.stream(DownloadFormat.values()).map(DownloadFormat::toString).toList());
  }

  static Stream<Example> examples() {
    var found = new ArrayList<Example>();
    DOCUMENT.root().path("paths").findParents("schema").forEach(content -> add(content, found));
    DOCUMENT.root().at("/components/responses").findParents("schema").forEach(c -> add(c, found));
    assertThat(found).hasSizeGreaterThan(15);
    return found.stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsAsItsSchemaSays(Example example) {
    DOCUMENT.assertValid("an example", example.schema(), example.value());
    if (example.schema().path("$ref").asText().endsWith("/QueryRequest")) {
      byte[] bytes = example.value().toString().getBytes(StandardCharsets.UTF_8);
      assertThat(Json.decode(bytes, QueryRequest.class).sql()).isNotEmpty();
    }
  }

  record Example(JsonNode schema, JsonNode value) {}

  private static void add(JsonNode content, List<Example> into) {
    if (content.has("example")) {
      into.add(new Example(content.path("schema"), content.path("example")));
    }
    content
        .path("examples")
        .forEach(named -> into.add(new Example(content.path("schema"), named.path("value"))));
  }

  private static void assertDescribes(String name, Class<? extends Record> record) {
    JsonNode schema = schemas().path(name);
    boolean request = name.equals("QueryRequest");
    var required = new ArrayList<String>();
    for (RecordComponent component : record.getRecordComponents()) {
      JsonNode property = schema.path("properties").path(component.getName());
      assertThat(property.isMissingNode()).as("%s.%s", name, component.getName()).isFalse();
      assertType(name + "." + component.getName(), component.getGenericType(), property);
      boolean optional =
          component.getAnnotatedType().isAnnotationPresent(Nullable.class)
              || (request && component.getType() == List.class);
      if (!optional) {
        required.add(component.getName());
      }
    }
    assertThat(names(schema.path("properties")))
        .as(name)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList());
    assertThat(texts(schema.path("required")))
        .as("what %s has to have", name)
        .containsExactlyInAnyOrderElementsOf(required);
  }

  private static void assertType(String what, Type type, JsonNode property) {
    JsonNode schema = DOCUMENT.resolved(property);
    String expected =
        switch (type) {
          case Class<?> c when c == String.class || c.isEnum() -> "string";
          case Class<?> c when c == int.class || c == long.class || c == Long.class -> "integer";
          case Class<?> c when c == double.class || c == BigDecimal.class -> "number";
          case Class<?> c when c == boolean.class -> "boolean";
          case ParameterizedType p when p.getRawType() == List.class -> "array";
          default -> "object";
        };
    assertThat(schema.path("type").asText()).as(what).isEqualTo(expected);
    if (type instanceof Class<?> c && c.isRecord()) {
      String reference = property.path("$ref").asText();
      assertThat(RECORDS.get(reference.substring(reference.lastIndexOf('/') + 1))).isEqualTo(c);
    }
    if (type instanceof Class<?> c && c.isEnum()) {
      assertThat(texts(schema.path("enum"))).as(what).containsExactlyElementsOf(constants(c));
    }
  }

  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> new String(Json.encode(constant), StandardCharsets.UTF_8))
        .map(json -> json.substring(1, json.length() - 1))
        .toList();
  }

  private record Operation(String method, String path, JsonNode common, JsonNode node) {
    List<String> parameters(String in) {
      return Stream.of(common.path("parameters"), node.path("parameters"))
          .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
          .map(DOCUMENT::resolved)
          .filter(parameter -> parameter.path("in").asText().equals(in))
          .map(parameter -> parameter.path("name").asText())
          .toList();
    }
  }

  private static List<Operation> operations() {
    var operations = new ArrayList<Operation>();
    for (Map.Entry<String, JsonNode> path : DOCUMENT.root().path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (!method.getKey().equals("parameters")) {
          operations.add(
              new Operation(
                  method.getKey().toUpperCase(Locale.ROOT),
                  path.getKey(),
                  path.getValue(),
                  method.getValue()));
        }
      }
    }
    return operations;
  }

  private static JsonNode schemas() {
    return DOCUMENT.root().at("/components/schemas");
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
