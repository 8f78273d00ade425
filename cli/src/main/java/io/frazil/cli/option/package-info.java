/// What the values of options may be: a converter says it in the words that the message for a wrong
/// one ends in.
@NullMarked
package io.frazil.cli.option;

import org.jspecify.annotations.NullMarked;
