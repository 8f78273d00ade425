package io.frazil.engine.provider;

/// Hears what an append is about to do, so that somebody else can remove its files should it be
/// lost. Safe for use by many threads.
public interface AppendJournal {
  /// Of appends that nobody else looks after.
  AppendJournal NONE =
      new AppendJournal() {
        @Override
        public void begins(String location) {
          // Whoever is lost leaves it.
        }

        @Override
        public void commits() {
          // Nobody has given it up.
        }
      };

  /// A data file comes next, at this location.
  ///
  /// @throws io.frazil.engine.error.FrazilException where that cannot be written down: the file is
  ///   not begun
  void begins(String location);

  /// The commit comes next: from then on the files may be the table's, and nobody else removes
  /// them.
  ///
  /// @throws io.frazil.engine.error.FrazilException ATTEMPT_LOST where somebody has given the
  ///   append up, and may have removed its files: it is not committed
  void commits();
}
