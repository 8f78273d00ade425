/// The ways by which queries are asked: each a [Door] that gives an [Outcome].
@NullMarked
package io.frazil.localstack.doors;

import org.jspecify.annotations.NullMarked;
