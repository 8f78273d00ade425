package io.frazil.engine.exec;

import io.frazil.engine.scan.Source;

/// What a node runs by that has to see all rows before the first can come out.
///
/// @param output the rows, once the sink combined; closed when they are all read
public record BreakerParts(Sink sink, Source output) {}
