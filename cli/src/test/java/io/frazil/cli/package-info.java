/// The command line as its user meets it.
@NullUnmarked
package io.frazil.cli;

import org.jspecify.annotations.NullUnmarked;
