/// Tests of statements that a coordinator runs.
@NullMarked
package io.frazil.cli.client;

import org.jspecify.annotations.NullMarked;
