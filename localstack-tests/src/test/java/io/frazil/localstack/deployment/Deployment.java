package io.frazil.localstack.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.frazil.localstack.stack.Buckets;
import io.frazil.localstack.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.s3.S3Client;

/// The repository's own template on LocalStack, deployed through CloudFormation with the functions'
/// built zips.
public final class Deployment {
  private static final String SMALL_MB = "1024";

  /// Where functions' zips lie, as `s3://bucket/key`.
  public record Code(String worker, String coordinator) {}

  private final LocalStack stack;
  private final String name;
  private final Template template;
  private final Code code;
  private final String warehouse;
  private final Map<String, String> parameters;
  private final JsonNode transformed;
  private final String id;
  private final JsonNode outputs;
  private final List<String> passedOver;

  private Deployment(
      LocalStack stack,
      String name,
      Template template,
      Code code,
      String warehouse,
      Map<String, String> parameters,
      JsonNode said) {
    this.stack = stack;
    this.name = name;
    this.template = template;
    this.code = code;
    this.warehouse = warehouse;
    this.parameters = Map.copyOf(parameters);
    this.transformed = said.path("template");
    this.id = said.path("stack").asText();
    this.outputs = said.path("outputs");
    this.passedOver =
        StreamSupport.stream(said.path("ignored").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
  }

  /// Deploys a stack.
  ///
  /// @param warehouse the bucket of its tables
  /// @param other parameters besides those that make it fit LocalStack
  public static Deployment of(
      LocalStack stack, String name, String warehouse, Map<String, String> other)
      throws IOException {
    var parameters = new HashMap<String, String>();
    parameters.put("HttpMemory", SMALL_MB);
    parameters.put("CoordinatorMemory", SMALL_MB);
    parameters.put("WorkerMemory", SMALL_MB);
    parameters.put("Workers", "2");
    parameters.put("LongQueryChildren", "STANDARD");
    parameters.put("Tracing", "PassThrough");
    parameters.put("Writes", "true");
    parameters.put("Locations", "s3://" + warehouse + "/files/");
    parameters.put("WarehouseBuckets", "arn:aws:s3:::" + warehouse);
    parameters.put("CatalogWarehouse", warehouse(warehouse));
    parameters.putAll(other);
    String bucket = Buckets.create(stack);
    var code =
        new Code(
            put(stack, bucket, BuiltZip.of("worker-fn")),
            put(stack, bucket, BuiltZip.of("coordinator-fn")));
    Template template =
        Template.at(code.worker(), code.coordinator(), put(stack, bucket, Template.DEFINITION));
    return deploy(stack, name, template, code, warehouse, parameters);
  }

  /// The same stack again with some parameters changed: an upgrade.
  public Deployment updated(Map<String, String> changed) throws IOException {
    var all = new HashMap<>(parameters);
    all.putAll(changed);
    return deploy(stack, name, template, code, warehouse, all);
  }

  private static Deployment deploy(
      LocalStack stack,
      String name,
      Template template,
      Code code,
      String warehouse,
      Map<String, String> parameters)
      throws IOException {
    JsonNode said = template.deploy(stack, name, parameters);
    return new Deployment(stack, name, template, code, warehouse, parameters, said);
  }

  /// What the functions were deployed with.
  public Code code() {
    return code;
  }

  /// The same from another build.
  public Code rebuilt(String build) throws IOException {
    String bucket = Buckets.create(stack);
    return new Code(rebuilt(bucket, "worker-fn", build), rebuilt(bucket, "coordinator-fn", build));
  }

  private String rebuilt(String bucket, String module, String build) throws IOException {
    Path zip = Files.createTempFile(module, ".zip");
    try {
      BuiltZip.rebuild(module, build, zip);
      return put(stack, bucket, zip);
    } finally {
      Files.delete(zip);
    }
  }

  /// The functions that are live, and where queries lie.
  public Deployed deployed() {
    return new Deployed(
        function("Http"),
        function("Coordinator"),
        function("Worker"),
        function("LargeWorker"),
        "s3://" + output("ResultsBucket") + "/");
  }

  /// Its ARN.
  public String stateMachine() {
    return output("StateMachine");
  }

  /// What the HTTP function finds in an event that came through API Gateway.
  public String gatewayKey() {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  /// Below which the tables lie of a stack that has this bucket for them, `s3://` and all.
  public static String warehouse(String bucket) {
    return "s3://" + bucket + "/warehouse";
  }

  /// The rules by which the results' objects are removed in time, as the template has them:
  /// LocalStack leaves a bucket's lifecycle out.
  public JsonNode lifecycle() {
    return new Resources(transformed)
        .properties("Results")
        .required("LifecycleConfiguration")
        .required("Rules");
  }

  /// What the template allows its functions and its state machine as it is deployed here.
  public List<Grant> given() {
    return grants(true);
  }

  /// What it allows them in other configurations alone.
  public List<Grant> givenElsewhere() {
    return grants(false);
  }

  private List<Grant> grants(boolean here) {
    var conditions = new Conditions(transformed, parameters);
    return Grant.of(transformed).stream()
        .filter(grant -> grant.isGiven(conditions) == here)
        .toList();
  }

  /// Below which statements may read files by path, ending with `/`.
  public String files() {
    return "s3://" + warehouse + "/files/";
  }

  /// The types of resources that LocalStack does not make, in order.
  public List<String> passedOver() {
    return passedOver;
  }

  private String function(String output) {
    String[] arn = output(output).split(":");
    return arn[arn.length - 2] + ":" + arn[arn.length - 1];
  }

  private String output(String output) {
    return outputs.required(output).asText();
  }

  private static String put(LocalStack stack, String bucket, Path file) {
    try (S3Client s3 = Buckets.client(stack)) {
      s3.putObject(b -> b.bucket(bucket).key(file.getFileName().toString()), file);
    }
    return "s3://" + bucket + "/" + file.getFileName();
  }
}
