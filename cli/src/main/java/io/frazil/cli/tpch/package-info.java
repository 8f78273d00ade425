/// Makes the tables of TPC-H. The door is [TpchGenerator].
@NullMarked
package io.frazil.cli.tpch;

import org.jspecify.annotations.NullMarked;
