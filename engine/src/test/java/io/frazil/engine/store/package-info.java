/// Tests of stores: the contract that all of them keep, and the local one's own ways.
@NullMarked
package io.frazil.engine.store;

import org.jspecify.annotations.NullMarked;
