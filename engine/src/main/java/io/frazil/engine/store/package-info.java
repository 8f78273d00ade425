/// Where bytes lie: the [ObjectStore] interface and the local file system behind it. Other stores
/// (S3) live in modules of their own.
@NullMarked
package io.frazil.engine.store;

import org.jspecify.annotations.NullMarked;
