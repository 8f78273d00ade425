/// Columns of values in memory: primitive heap arrays in Arrow's layout. The doors are [Batch] and
/// [Vector].
///
/// A batch and its vectors are read-only to whoever receives them, and valid until the next pull
/// from, or the close of, whoever made them; who keeps rows copies them. Null slots of fixed-width
/// vectors hold zero, so that loops may run over them.
///
/// No I/O, no expressions, no operators in here.
@NullMarked
package io.frazil.engine.vector;

import org.jspecify.annotations.NullMarked;
