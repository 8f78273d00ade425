/// Statements that a coordinator runs elsewhere. The door is [CoordinatorSession].
@NullMarked
package io.frazil.cli.client;

import org.jspecify.annotations.NullMarked;
