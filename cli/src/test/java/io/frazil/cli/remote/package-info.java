/// Tests of asking a deployed Frazil.
@NullMarked
package io.frazil.cli.remote;

import org.jspecify.annotations.NullMarked;
