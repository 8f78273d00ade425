/// The types of columns and expressions. The doors are [DataType] and [Schema].
///
/// Types are data and know neither vectors nor kernels; Arrow's own types are mapped to and from
/// these at the boundaries (`io.frazil.engine.arrow`).
@NullMarked
package io.frazil.engine.type;

import org.jspecify.annotations.NullMarked;
