@NullMarked
package io.frazil.engine.parquet.prune;

import org.jspecify.annotations.NullMarked;
