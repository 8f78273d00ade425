/// Which tables a function knows. The door is [CatalogSettings], what it opens a [KeptCatalog].
@NullMarked
package io.frazil.coordinator.catalog;

import org.jspecify.annotations.NullMarked;
