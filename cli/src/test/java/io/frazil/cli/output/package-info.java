@NullMarked
package io.frazil.cli.output;

import org.jspecify.annotations.NullMarked;
