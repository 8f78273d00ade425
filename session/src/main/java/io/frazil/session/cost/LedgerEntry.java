package io.frazil.session.cost;

import java.time.Duration;

/// What one stage did in one process, as far as it would cost something.
///
/// @param where `stage 2`
/// @param cpu of all tasks together
/// @param bytesRead of files
/// @param reads how many ranges of files and partials were read
/// @param writes how many objects were written
public record LedgerEntry(String where, Duration cpu, long bytesRead, long reads, long writes) {}
