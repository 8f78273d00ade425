@NullMarked
package io.frazil.cli.shell;

import org.jspecify.annotations.NullMarked;
