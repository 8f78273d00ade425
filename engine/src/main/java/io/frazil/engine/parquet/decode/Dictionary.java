package io.frazil.engine.parquet.decode;

import io.frazil.engine.vector.Vector;

/// The dictionary of one column chunk.
///
/// @param size how many entries it has; `vector` may have one more if that is none
/// @param values the entries as decoding gathers them
/// @param vector the entries as everybody else sees them, the identity of the dictionary
record Dictionary(int size, Values values, Vector vector) {}
