/// Step Functions, for queries that outlast a coordinator. The door is [StateMachine]; what it runs
/// is `query.asl.json`, and what that asks for is answered by
/// [io.frazil.coordinator.query.QuerySteps].
@NullMarked
package io.frazil.coordinator.durable;

import org.jspecify.annotations.NullMarked;
