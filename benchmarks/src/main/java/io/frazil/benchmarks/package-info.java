/// Frazil side by side with DuckDB and DataFusion, in one run.
@NullMarked
package io.frazil.benchmarks;

import org.jspecify.annotations.NullMarked;
