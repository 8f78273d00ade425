/// The command line, `frazil`. The door is [Frazil]; each command is a class of its own.
///
/// Commands take options apart, open a session and show what it gives. Nothing but results goes to
/// standard output; progress, statistics and errors go to standard error.
@NullMarked
package io.frazil.cli;

import org.jspecify.annotations.NullMarked;
