/// Tests of what surrounds the JVM: the launcher, and the jars that it starts.
@NullMarked
package io.frazil.launcher;

import org.jspecify.annotations.NullMarked;
