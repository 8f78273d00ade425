package io.frazil.engine.prime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.management.JMException;

/// Has C2 leave alone what is run once for a message, a request or a file, as against for each row
/// of them: C1 compiles it well enough.
///
/// There is more of it than of the rest, so that C2 would spend most of priming on it; and C2
/// leaves out what it never saw happen, so that the first real request, which always differs a
/// little, throws its work away and is back in the interpreter. C1 leaves out nothing.
///
/// Source: JEP 165, "Compiler Control".
public final class CompilerDirectives {
  /// Prefixes of classes, as the JVM writes their names. None of them has a loop over a table's
  /// rows; what C2 compiles may still inline what is small among them. What a coordinator plans and
  /// answers with is not among them, as its planning is its work.
  public static final List<String> ONCE =
      List.of(
          // Messages, plans and what makes operators of them.
          "io/frazil/engine/exec/PlanCompiler",
          "io/frazil/engine/exec/aggregate/AggregateShape",
          "io/frazil/engine/exec/StandardParts",
          "io/frazil/engine/evaluate/Compiler",
          "io/frazil/engine/evaluate/Traits",
          "io/frazil/engine/expression/",
          "io/frazil/engine/fragment/",
          "io/frazil/engine/plan/",
          "io/frazil/engine/task/",
          "io/frazil/engine/type/",
          "io/frazil/events/",
          "io/frazil/json/",
          "io/frazil/worker/",
          "com/amazonaws/",
          "com/fasterxml/",
          // Files, their footers and the order in which they are read.
          "io/frazil/engine/parquet/BloomFilters",
          "io/frazil/engine/parquet/ChunkFetch",
          "io/frazil/engine/parquet/FileColumns",
          "io/frazil/engine/parquet/FooterStatistics",
          "io/frazil/engine/parquet/Morsel",
          "io/frazil/engine/parquet/PageIndex",
          "io/frazil/engine/parquet/ParallelReads",
          "io/frazil/engine/parquet/Parquet",
          "io/frazil/engine/parquet/RowGroup",
          "io/frazil/engine/parquet/RowPruner",
          "io/frazil/engine/parquet/ScanReader",
          "io/frazil/engine/parquet/SchemaReader",
          "io/frazil/engine/parquet/prune/",
          "io/frazil/engine/store/",
          "org/apache/parquet/",
          "shaded/parquet/",
          // Requests. What encrypts them stays C2's.
          "io/frazil/s3/",
          "software/amazon/",
          "java/io/",
          "java/net/",
          "java/security/",
          "javax/net/",
          "jdk/internal/net/",
          "sun/net/",
          "sun/nio/ch/",
          "sun/nio/cs/StreamEncoder",
          "sun/security/jca/",
          "sun/security/ssl/",
          "sun/security/util/Der",
          "sun/security/util/ObjectIdentifier",
          "sun/security/validator/",
          "sun/security/x509/",
          // Threads, texts for people, and classes made at run time.
          "java/lang/Thread",
          "java/lang/VirtualThread",
          "java/lang/invoke/",
          "java/lang/reflect/",
          "java/time/",
          "java/util/Formatter",
          "java/util/HexFormat",
          "java/util/ImmutableCollections",
          "java/util/Locale",
          "java/util/Spliterator",
          "java/util/concurrent/",
          "java/util/regex/",
          "java/util/stream/",
          "jdk/internal/classfile/",
          "jdk/internal/loader/",
          "jdk/internal/reflect/");

  /// Added once for a process: the JVM keeps no more than fifty.
  private static boolean added;

  private CompilerDirectives() {}

  /// @throws IOException where they cannot be handed over in a file
  /// @throws JMException where this JVM does not take them
  static synchronized void add() throws IOException, JMException {
    if (added) {
      return;
    }
    Path file = Files.createTempFile("frazil-directives-", ".json");
    try {
      Files.writeString(file, json());
      String answer = DiagnosticCommand.run("compilerDirectivesAdd", file.toString());
      if (!answer.startsWith("1 compiler directive")) {
        throw new JMException(answer.strip());
      }
      added = true;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static String json() {
    return ONCE.stream()
        .map(prefix -> "\"" + prefix + "*.*\"")
        .collect(Collectors.joining(", ", "[{match: [", "], c2: {Exclude: true}}]"));
  }
}
