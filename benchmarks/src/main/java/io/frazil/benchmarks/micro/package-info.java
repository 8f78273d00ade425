/// JMH benchmarks of loops: kernels, hash tables and decoders, in nanoseconds a row. The door is
/// `benchmarks/jmh`.
///
/// A benchmark named `plain…` is what a Java programmer would write in a hurry: the same work by a
/// plain loop over the JDK's own means, to measure the others by.
@NullMarked
package io.frazil.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
