@NullMarked
package io.frazil.worker.jars;

import org.jspecify.annotations.NullMarked;
