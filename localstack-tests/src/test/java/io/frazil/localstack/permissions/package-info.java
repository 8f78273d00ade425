/// What functions and the state machine may do, and what nobody gets to see.
@NullMarked
package io.frazil.localstack.permissions;

import org.jspecify.annotations.NullMarked;
