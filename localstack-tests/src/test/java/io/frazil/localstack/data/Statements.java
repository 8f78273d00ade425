package io.frazil.localstack.data;

/// Queries over the tables of a [Lake].
public final class Statements {
  /// Stages of all kinds: scans, both sides of a join exchanged by key, and partials too large for
  /// an answer.
  public static final String ALL_KINDS =
      """
      SELECT o_orderkey, o_orderpriority, lines
      FROM orders FULL JOIN (
        SELECT l_orderkey, count(*) AS lines FROM lineitem WHERE l_quantity < 30 GROUP BY l_orderkey
      ) AS l ON l_orderkey = o_orderkey
      ORDER BY o_orderkey\
      """;

  /// Some billions of pairs.
  public static final String LONG =
      """
      SELECT count(*) FROM lineitem AS a JOIN lineitem AS b
      ON a.l_extendedprice * 2 < b.l_extendedprice - a.l_quantity\
      """;

  private Statements() {}
}
