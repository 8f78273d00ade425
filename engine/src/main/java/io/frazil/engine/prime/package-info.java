/// How a process gets ready for its first real work: by doing work of the same kind until the JVM
/// has compiled it. The door is [Rounds].
@NullMarked
package io.frazil.engine.prime;

import org.jspecify.annotations.NullMarked;
