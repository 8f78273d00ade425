/// The interactive shell. The door is [Shell].
@NullMarked
package io.frazil.cli.shell;

import org.jspecify.annotations.NullMarked;
