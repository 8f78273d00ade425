/// Tests of queries as objects.
@NullMarked
package io.frazil.coordinator.query;

import org.jspecify.annotations.NullMarked;
