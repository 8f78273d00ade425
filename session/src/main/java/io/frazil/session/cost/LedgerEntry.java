package io.frazil.session.cost;

import java.time.Duration;

/// What one stage did in one process, as far as it would cost something.
///
/// @param stage its number
/// @param cpu of all tasks together
/// @param bytesRead of files
/// @param reads how many ranges of files and partials were read
/// @param writes how many objects were written
public record LedgerEntry(int stage, Duration cpu, long bytesRead, long reads, long writes) {}
