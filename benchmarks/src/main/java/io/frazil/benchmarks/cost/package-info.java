/// What work costs, and how well that predicts what queries do. The door is [Calibrate].
@NullMarked
package io.frazil.benchmarks.cost;

import org.jspecify.annotations.NullMarked;
