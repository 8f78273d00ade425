/// How long a function takes from the start of its process to its first answer, and from then on.
/// The door is [ColdStart]; `benchmarks/cold-start` runs it.
///
/// A function's process is what Lambda starts: the runtime interface client, the function's jars,
/// the JVM's flags. The Runtime API and S3 that it talks to are in the harness's own process.
@NullMarked
package io.frazil.benchmarks.coldstart;

import org.jspecify.annotations.NullMarked;
