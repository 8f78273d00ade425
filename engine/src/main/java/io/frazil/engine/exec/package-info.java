/// Runs a [io.frazil.engine.plan.PhysicalPlan] on one node. The door is [TaskExecution].
///
/// Execution is morsel-driven (Leis et al., SIGMOD 2014): a plan becomes [Pipeline]s, each a
/// source, streaming operators and a sink; every driver thread pulls batches through its own chain
/// of operators. Only sources and sinks are shared between drivers.
///
/// [PlanCompiler] makes the pipelines, [Scheduler] runs them, [ResultQueue] is where the last of
/// them ends. What blocks an order or a hash table lives in packages of its own (`exec.aggregate`,
/// `exec.join`, `exec.sort`) behind [Sink], [OperatorFactory] and [io.frazil.engine.scan.Source].
@NullMarked
package io.frazil.engine.exec;

import org.jspecify.annotations.NullMarked;
