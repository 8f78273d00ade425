package io.frazil.session.cost;

import java.time.Duration;

/// What one stage did, as far as it costs something.
///
/// @param where `stage 2`
/// @param tasks how many invocations it took; 0 where it ran in one process, without any
/// @param cpu of all tasks together
/// @param bytesRead of files
/// @param reads how many ranges of files and partials were read
/// @param writes how many objects were written
public record LedgerEntry(
    String where, int tasks, Duration cpu, long bytesRead, long reads, long writes) {}
