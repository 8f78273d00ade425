/// What a planned query will take, before it runs: from plan, metadata and calibrated costs to an
/// [io.frazil.session.cost.Estimate]. The door is [Prediction].
@NullMarked
package io.frazil.session.estimate;

import org.jspecify.annotations.NullMarked;
