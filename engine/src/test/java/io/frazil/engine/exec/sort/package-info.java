/// Tests of sorting against the sort of Java.
@NullMarked
package io.frazil.engine.exec.sort;

import org.jspecify.annotations.NullMarked;
