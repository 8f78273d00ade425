/// Iceberg's metadata files in an object store. The door is [StoreFileIO].
@NullMarked
package io.frazil.iceberg.store;

import org.jspecify.annotations.NullMarked;
