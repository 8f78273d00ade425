@NullMarked
package io.frazil.coordinator.catalog;

import org.jspecify.annotations.NullMarked;
