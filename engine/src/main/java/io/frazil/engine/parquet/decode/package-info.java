/// From the bytes of a column chunk to vectors. The door is [ColumnReader], which has three verbs:
/// open a chunk, read some of its next rows into a [ColumnBuffer], skip some.
///
/// Levels, dictionary ids and values are decoded apart, each by a reader that knows one encoding
/// and nothing of files. What a file says about sizes is checked once a page or a read, before it
/// is used; what is left are the arrays' own bounds. Either way damage becomes FILE_CORRUPT.
///
/// No I/O and no expressions in here.
@NullMarked
package io.frazil.engine.parquet.decode;

import org.jspecify.annotations.NullMarked;
