package io.frazil.engine.expression;

/// How two values compare. The last two see null as a value and never give null.
public enum ComparisonOperator {
  EQUAL("="),
  NOT_EQUAL("<>"),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  DISTINCT("is distinct from"),
  NOT_DISTINCT("is not distinct from");

  private final String symbol;

  ComparisonOperator(String symbol) {
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }

  /// Whether null is compared as a value.
  public boolean nullSafe() {
    return this == DISTINCT || this == NOT_DISTINCT;
  }

  /// The operator `o` for which `a this b` is `b o a`.
  public ComparisonOperator flipped() {
    return switch (this) {
      case LESS -> GREATER;
      case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      case GREATER -> LESS;
      case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
      case EQUAL, NOT_EQUAL, DISTINCT, NOT_DISTINCT -> this;
    };
  }

  /// The operator `o` for which `not (a this b)` is `a o b`, nulls included.
  public ComparisonOperator negated() {
    return switch (this) {
      case EQUAL -> NOT_EQUAL;
      case NOT_EQUAL -> EQUAL;
      case LESS -> GREATER_OR_EQUAL;
      case LESS_OR_EQUAL -> GREATER;
      case GREATER -> LESS_OR_EQUAL;
      case GREATER_OR_EQUAL -> LESS;
      case DISTINCT -> NOT_DISTINCT;
      case NOT_DISTINCT -> DISTINCT;
    };
  }
}
