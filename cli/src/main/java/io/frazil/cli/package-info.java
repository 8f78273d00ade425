/// The command line, `frazil`.
@NullMarked
package io.frazil.cli;

import org.jspecify.annotations.NullMarked;
