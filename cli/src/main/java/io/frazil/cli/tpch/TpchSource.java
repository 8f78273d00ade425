package io.frazil.cli.tpch;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.trino.tpch.Customer;
import io.trino.tpch.LineItem;
import io.trino.tpch.Nation;
import io.trino.tpch.Order;
import io.trino.tpch.Part;
import io.trino.tpch.PartSupplier;
import io.trino.tpch.Region;
import io.trino.tpch.Supplier;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;

/// One of the eight tables: its columns, and how a generated row becomes their values.
///
/// @param rowsAtOne how many rows it has at scale 1, or 0 where it doesn't scale
/// @param fixedRows how many it has where it doesn't scale
/// @param fill writes a row's columns, in order
/// @param clustering by which date its rows are laid out, if by any
record TpchSource<E extends TpchEntity>(
    TpchTable<E> generator,
    Schema schema,
    long rowsAtOne,
    long fixedRows,
    BiConsumer<E, RowBuffer> fill,
    Optional<Clustering<E>> clustering) {
  private static final DataType MONEY = Types.decimal(15, 2);

  /// The digits of 1.00.
  private static final long ONE = 100;

  /// @param column which one holds the date
  record Clustering<E>(int column, ToIntFunction<E> date) {}

  /// All tables, the large ones last.
  static final List<TpchSource<?>> ALL =
      List.of(
          region(), nation(), supplier(), customer(), part(), partSupplier(), orders(), lineItem());

  String name() {
    return generator.getTableName();
  }

  /// How many rows there are at a scale; for `lineitem` about, as orders have one to seven lines.
  long rows(double scale) {
    return rowsAtOne == 0 ? fixedRows : (long) (rowsAtOne * scale);
  }

  private static TpchSource<Region> region() {
    return fixed(
        TpchTable.REGION,
        schema("r_", "regionkey bigint", "name varchar", "comment varchar"),
        5,
        (row, out) -> out.add(row.regionKey()).add(row.name()).add(row.comment()));
  }

  private static TpchSource<Nation> nation() {
    return fixed(
        TpchTable.NATION,
        schema("n_", "nationkey bigint", "name varchar", "regionkey bigint", "comment varchar"),
        25,
        (row, out) ->
            out.add(row.nationKey()).add(row.name()).add(row.regionKey()).add(row.comment()));
  }

  private static TpchSource<Supplier> supplier() {
    return scaled(
        TpchTable.SUPPLIER,
        schema(
            "s_",
            "suppkey bigint",
            "name varchar",
            "address varchar",
            "nationkey bigint",
            "phone varchar",
            "acctbal money",
            "comment varchar"),
        10_000,
        (row, out) ->
            out.add(row.supplierKey())
                .add(row.name())
                .add(row.address())
                .add(row.nationKey())
                .add(row.phone())
                .add(row.accountBalanceInCents())
                .add(row.comment()));
  }

  private static TpchSource<Customer> customer() {
    return scaled(
        TpchTable.CUSTOMER,
        schema(
            "c_",
            "custkey bigint",
            "name varchar",
            "address varchar",
            "nationkey bigint",
            "phone varchar",
            "acctbal money",
            "mktsegment varchar",
            "comment varchar"),
        150_000,
        (row, out) ->
            out.add(row.customerKey())
                .add(row.name())
                .add(row.address())
                .add(row.nationKey())
                .add(row.phone())
                .add(row.accountBalanceInCents())
                .add(row.marketSegment())
                .add(row.comment()));
  }

  private static TpchSource<Part> part() {
    return scaled(
        TpchTable.PART,
        schema(
            "p_",
            "partkey bigint",
            "name varchar",
            "mfgr varchar",
            "brand varchar",
            "type varchar",
            "size integer",
            "container varchar",
            "retailprice money",
            "comment varchar"),
        200_000,
        (row, out) ->
            out.add(row.partKey())
                .add(row.name())
                .add(row.manufacturer())
                .add(row.brand())
                .add(row.type())
                .add(row.size())
                .add(row.container())
                .add(row.retailPriceInCents())
                .add(row.comment()));
  }

  private static TpchSource<PartSupplier> partSupplier() {
    return scaled(
        TpchTable.PART_SUPPLIER,
        schema(
            "ps_",
            "partkey bigint",
            "suppkey bigint",
            "availqty integer",
            "supplycost money",
            "comment varchar"),
        800_000,
        (row, out) ->
            out.add(row.partKey())
                .add(row.supplierKey())
                .add(row.availableQuantity())
                .add(row.supplyCostInCents())
                .add(row.comment()));
  }

  private static TpchSource<Order> orders() {
    return new TpchSource<>(
        TpchTable.ORDERS,
        schema(
            "o_",
            "orderkey bigint",
            "custkey bigint",
            "orderstatus varchar",
            "totalprice money",
            "orderdate date",
            "orderpriority varchar",
            "clerk varchar",
            "shippriority integer",
            "comment varchar"),
        1_500_000,
        0,
        (row, out) ->
            out.add(row.orderKey())
                .add(row.customerKey())
                .add(String.valueOf(row.orderStatus()))
                .add(row.totalPriceInCents())
                .add(row.orderDate())
                .add(row.orderPriority())
                .add(row.clerk())
                .add(row.shipPriority())
                .add(row.comment()),
        Optional.of(new Clustering<>(4, Order::orderDate)));
  }

  private static TpchSource<LineItem> lineItem() {
    return new TpchSource<>(
        TpchTable.LINE_ITEM,
        schema(
            "l_",
            "orderkey bigint",
            "partkey bigint",
            "suppkey bigint",
            "linenumber integer",
            "quantity money",
            "extendedprice money",
            "discount money",
            "tax money",
            "returnflag varchar",
            "linestatus varchar",
            "shipdate date",
            "commitdate date",
            "receiptdate date",
            "shipinstruct varchar",
            "shipmode varchar",
            "comment varchar"),
        6_000_000,
        0,
        (row, out) ->
            out.add(row.orderKey())
                .add(row.partKey())
                .add(row.supplierKey())
                .add(row.lineNumber())
                .add(row.quantity() * ONE)
                .add(row.extendedPriceInCents())
                .add(row.discountPercent())
                .add(row.taxPercent())
                .add(row.returnFlag())
                .add(row.status())
                .add(row.shipDate())
                .add(row.commitDate())
                .add(row.receiptDate())
                .add(row.shipInstructions())
                .add(row.shipMode())
                .add(row.comment()),
        Optional.of(new Clustering<>(10, LineItem::shipDate)));
  }

  private static <E extends TpchEntity> TpchSource<E> fixed(
      TpchTable<E> generator, Schema schema, long rows, BiConsumer<E, RowBuffer> fill) {
    return new TpchSource<>(generator, schema, 0, rows, fill, Optional.empty());
  }

  private static <E extends TpchEntity> TpchSource<E> scaled(
      TpchTable<E> generator, Schema schema, long rowsAtOne, BiConsumer<E, RowBuffer> fill) {
    return new TpchSource<>(generator, schema, rowsAtOne, 0, fill, Optional.empty());
  }

  /// @param columns `name type`, the names without their prefix; `money` is decimal(15,2)
  private static Schema schema(String prefix, String... columns) {
    return new Schema(Arrays.stream(columns).map(column -> field(prefix, column)).toList());
  }

  private static Field field(String prefix, String column) {
    String[] parts = column.split(" ", 2);
    DataType type = parts[1].equals("money") ? MONEY : DataType.parse(parts[1]);
    return new Field(prefix + parts[0], type, false);
  }
}
