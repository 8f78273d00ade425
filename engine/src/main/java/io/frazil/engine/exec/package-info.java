/// Runs a [io.frazil.engine.plan.PhysicalPlan] on one node..
///
/// Execution is morsel-driven (Leis et al., SIGMOD 2014): a plan becomes [Pipeline]s, each a
/// source, streaming operators and a sink; every driver thread pulls batches through its own chain
/// of operators. Only sources and sinks are shared between drivers.
@NullMarked
package io.frazil.engine.exec;

import org.jspecify.annotations.NullMarked;
