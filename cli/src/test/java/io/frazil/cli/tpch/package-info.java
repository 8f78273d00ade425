/// Tests of the TPC-H generator; its files are read back by DuckDB.
@NullMarked
package io.frazil.cli.tpch;

import org.jspecify.annotations.NullMarked;
