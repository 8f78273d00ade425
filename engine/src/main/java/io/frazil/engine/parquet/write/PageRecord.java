package io.frazil.engine.parquet.write;

import org.apache.parquet.format.Encoding;
import org.jspecify.annotations.Nullable;

/// What the page index says of a page.
///
/// @param offset from the chunk's first data page
/// @param bytes header and compressed body
/// @param bounds null where it holds only nulls and NaNs
record PageRecord(
    long firstRow,
    int rows,
    long nulls,
    long nans,
    int offset,
    int bytes,
    Encoding encoding,
    @Nullable Bounds bounds) {}
