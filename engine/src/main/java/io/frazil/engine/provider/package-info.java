/// What a table is to the engine. The doors are [CatalogProvider] and [TableProvider]: Iceberg,
/// loose Parquet files and a user's own tables come through the same.
@NullMarked
package io.frazil.engine.provider;

import org.jspecify.annotations.NullMarked;
