/// Proves the JSON form of plans.
@NullMarked
package io.frazil.engine.plan;

import org.jspecify.annotations.NullMarked;
