/// Which tables a function knows. The door is [CatalogSettings].
@NullMarked
package io.frazil.coordinator.catalog;

import org.jspecify.annotations.NullMarked;
