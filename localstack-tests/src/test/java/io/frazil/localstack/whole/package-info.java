/// [Whole]: all of it deployed, its tables filled, its doors open. Tests share one of a run, by
/// [OnLocalStack].
@NullMarked
package io.frazil.localstack.whole;

import org.jspecify.annotations.NullMarked;
