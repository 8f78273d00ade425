/// Tests of what computes expressions; [Values] makes vectors and expressions in few words.
package io.frazil.engine.evaluate;
