package io.frazil.sql.parser;

import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/// Which liberties SQL may take: nearly all, so that what is refused is refused by us, with a
/// message that names it.
public final class Conformance extends SqlDelegatingConformance {
  public static final SqlConformance INSTANCE = new Conformance();

  private Conformance() {
    super(SqlConformanceEnum.BABEL);
  }

  /// Columns that are not grouped by may not be selected: with the liberty, GROUPING fails.
  @Override
  public boolean isNonStrictGroupBy() {
    return false;
  }

  @Override
  public boolean allowExplicitRowValueConstructor() {
    return true;
  }
}
