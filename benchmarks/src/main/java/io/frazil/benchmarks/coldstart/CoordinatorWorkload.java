package io.frazil.benchmarks.coldstart;

import io.frazil.coordinator.CoordinatorHandler;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import java.util.Map;

/// One query over tables that a REST catalog lists, whose workers run beside.
record CoordinatorWorkload(String sql, Map<String, String> environment) implements Workload {
  @Override
  public String module() {
    return "coordinator-fn";
  }

  @Override
  public String handler() {
    return CoordinatorHandler.class.getName();
  }

  @Override
  public String memoryParameter() {
    return "CoordinatorMemory";
  }

  @Override
  public byte[] payload(int number) {
    return Json.encode(QueryRequest.of(sql));
  }

  @Override
  public double workMillis(byte[] answer) {
    QueryResponse response = Json.decode(answer, QueryResponse.class);
    if (response.error() != null) {
      throw new IllegalStateException("the query failed: " + response.error());
    }
    return Double.NaN;
  }
}
