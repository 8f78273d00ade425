package io.frazil.engine.provider;

import io.frazil.engine.error.FrazilException;
import java.util.List;

/// Files that belong to no table (any more), and that their store did not let a catalog remove. The
/// statement that was to remove them did what it says all the same, or failed with an error of its
/// own.
///
/// @param of what they were part of: `the dropped table s.t`
/// @param files how many
/// @param among the names of some of them
/// @param why the first of them could not be removed
public record Remains(String of, int files, List<String> among, FrazilException why) {
  public Remains {
    among = List.copyOf(among);
  }
}
