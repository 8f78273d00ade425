package io.frazil.sql;

/// How many rows a node is thought to give.
///
/// @param bytes of all rows together, as far as widths are known
/// @param source what the number rests on, for people
public record NodeEstimate(double rows, double bytes, String source) {}
