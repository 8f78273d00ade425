/// Queries as objects in a store: accepted, taken on by a coordinator, brought to an end, and told
/// about. The doors are [Queries], for whoever asks, and [QueryRunner], for whoever works.
///
/// A query on the store is `queries/<id>/` with
/// - `request.json`: who asked for what
/// - `state.json`: where it is; changed only by whoever saw its latest version
/// - `control.json`: whoever asked for it has cancelled it
/// - `control-<epoch>.json`: tells the workers of one of its owners to stop
/// - `stages/<epoch>/`: its plan, what workers wrote for each other, and which stages are over;
///   gone when the query is
/// - `result-<epoch>.arrow` and `response.json`: what it gave; the first response written counts
///
/// Any coordinator can go on with a query whose owner's lease ran out ([Owner]); a state machine
/// has [QuerySteps] made. How it ends is [Endings].
@NullMarked
package io.frazil.coordinator.query;

import org.jspecify.annotations.NullMarked;
