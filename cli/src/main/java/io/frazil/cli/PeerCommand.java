package io.frazil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.session.QueryHandle;
import io.frazil.session.SqlSession;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `frazil peer`: one of the engines of `benchmarks/tpch`, the twin of its `peer.py`. Each line of
/// standard input is `{"sql": "..."}`; each answer `{"seconds": 1.23, "rows": 4}` or `{"error":
/// "..."}`, timed from the text to the last row of the result.
@Command(name = "peer", hidden = true)
final class PeerCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private final SessionOptions options = new SessionOptions();

  @Override
  public Integer call() throws IOException {
    try (CliSession open = options.open();
        var out =
            new PrintStream(
                new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      out.println(JSON.writeValueAsString(Map.of("ready", true)));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode request = JSON.readTree(line);
        out.println(JSON.writeValueAsString(answer(open.session(), request.path("sql").asText())));
      }
    }
    return ExitStatus.DONE;
  }

  private static Map<String, ?> answer(SqlSession session, String sql) {
    long start = System.nanoTime();
    try (QueryHandle query = session.sql(sql)) {
      long rows = count(query);
      return Map.of("seconds", (System.nanoTime() - start) / 1e9, "rows", rows);
    } catch (FrazilException e) {
      return Map.of("error", e.getMessage());
    }
  }

  private static long count(QueryHandle query) {
    if (query.kind() != QueryHandle.Kind.ROWS) {
      return 0;
    }
    long rows = 0;
    BatchReader batches = query.batches();
    for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
      rows += batch.rows();
    }
    return rows;
  }
}
