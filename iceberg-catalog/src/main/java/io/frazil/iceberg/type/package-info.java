/// Iceberg's types, values and columns as the engine's.
@NullMarked
package io.frazil.iceberg.type;

import org.jspecify.annotations.NullMarked;
