/// How the command line writes: its two streams, results in their formats, progress.
@NullMarked
package io.frazil.cli.output;

import org.jspecify.annotations.NullMarked;
