package io.frazil.sql.bind;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.sql.SqlEnvironment;
import io.frazil.sql.Statement;
import io.frazil.sql.estimate.Metadata;
import io.frazil.sql.parser.ColumnNames;
import io.frazil.sql.parser.Conformance;
import io.frazil.sql.parser.Positions;
import io.frazil.sql.parser.StatementParser;
import io.frazil.sql.parser.TableVersions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.Pair;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/// Resolves the names and types of one query: its text becomes Calcite's relational tree.
public final class Binder {
  /// How deep views may stand on views.
  private static final int MAX_VIEW_DEPTH = 32;

  private final SqlEnvironment environment;
  private final RelDataTypeFactory types;
  private final Operators operators;
  private final CatalogReader catalog;
  private final RelOptCluster cluster;
  private final RexExecutor folder;
  private final Deque<SqlEnvironment.View> expanding = new ArrayDeque<>();

  /// @param folder computes constant expressions
  public Binder(SqlEnvironment environment, RexExecutor folder) {
    this.environment = environment;
    this.folder = folder;
    this.types = new TypeFactory(new TypeSystem(environment.functions()));
    this.operators = new Operators(environment.functions());
    CalciteSchema root = new Catalogs(environment, this::view).root();
    this.catalog = new CatalogReader(root, environment, types);
    var planner = new HepPlanner(HepProgram.builder().build());
    planner.setExecutor(folder);
    this.cluster = RelOptCluster.create(planner, new Expressions(types));
    Metadata.install(cluster);
  }

  public Prepare.CatalogReader catalog() {
    return catalog;
  }

  /// The query's relational tree, subqueries still inside expressions.
  ///
  /// @param parameters for `?` and `$1`, as Java values
  /// @throws FrazilException for whatever is wrong with the query
  public RelRoot bind(Statement.Query query, List<?> parameters) {
    return bind(StatementParser.query(query.text()), parameters);
  }

  /// The same of its syntax tree ([StatementParser#query]).
  public RelRoot bind(SqlNode query, List<?> parameters) {
    SqlNode tree = Parameters.substitute(query, parameters);
    tree.accept(new RowLimits());
    try {
      return convert(TableVersions.encode(tree, environment.zone(), this::time));
    } catch (RuntimeException | AssertionError e) {
      // Calcite refuses some constructs by assertion.
      throw BindErrors.translate(e, new Suggestions(tree, catalog, environment));
    }
  }

  /// The point in time that a constant expression stands for, as text.
  private String time(SqlNode expression) {
    SqlParserPos at = expression.getParserPosition();
    var select =
        new SqlSelect(
            at,
            null,
            SqlNodeList.of(expression),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    RexNode value = ((Project) convert(select).rel).getProjects().getFirst();
    var folded = new ArrayList<RexNode>();
    folder.reduce(cluster.getRexBuilder(), List.of(value), folded);
    String text =
        folded.getFirst() instanceof RexLiteral literal
            ? switch (literal.getType().getSqlTypeName()) {
              case DATE -> String.valueOf(literal.getValueAs(DateString.class));
              case TIMESTAMP -> String.valueOf(literal.getValueAs(TimestampString.class));
              case VARCHAR -> literal.getValueAs(String.class);
              default -> null;
            }
            : null;
    if (text == null) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          "FOR TIMESTAMP AS OF takes a constant timestamp",
          Positions.of(at),
          null);
    }
    return text;
  }

  private RelRoot convert(SqlNode tree) {
    List<String> numbered = ColumnNames.ofValues(tree);
    SqlValidator validator = validator();
    SqlNode valid = validator.validate(tree);
    requireTypes(valid, validator.getValidatedNodeType(valid));
    var converter = new TreeConverter(validator, catalog, cluster, environment.functions());
    RelRoot root = converter.convertQuery(valid, false, true);
    RelRoot fixed = root.withRel(new SessionValues(environment).fix(root.rel));
    return numbered.isEmpty() ? fixed : named(fixed, numbered);
  }

  private RelRoot named(RelRoot root, List<String> names) {
    RelDataType row =
        types.createStructType(RelOptUtil.getFieldTypeList(root.validatedRowType), names);
    return new RelRoot(
        root.rel,
        row,
        root.kind,
        Pair.zip(root.fields.leftList(), names),
        root.collation,
        root.hints);
  }

  /// Says of a result's type that it is not supported, and where the column stands.
  private static void requireTypes(SqlNode query, RelDataType row) {
    for (int i = 0; i < row.getFieldCount(); i++) {
      try {
        RelTypes.toEngine(row.getFieldList().get(i).getType());
      } catch (FrazilException e) {
        throw new FrazilException(e.code(), e.getMessage(), column(query, i), e);
      }
    }
  }

  private static FrazilException.@Nullable Position column(SqlNode query, int index) {
    return switch (query) {
      case SqlSelect select -> Positions.of(select.getSelectList().get(index).getParserPosition());
      case SqlWith with -> column(with.body, index);
      default -> Positions.of(query.getParserPosition());
    };
  }

  private SqlValidator validator() {
    return new Validator(
        operators,
        catalog,
        types,
        SqlValidator.Config.DEFAULT.withConformance(Conformance.INSTANCE));
  }

  /// A view's tree is made once and stands wherever the view is named.
  private Table view(SqlEnvironment.View view) {
    if (expanding.size() >= MAX_VIEW_DEPTH) {
      throw new FrazilException(ErrorCode.INVALID_QUERY, "A view refers to itself");
    }
    expanding.push(view);
    try {
      RelRoot root = bind(view.query(), List.of());
      RelDataType row = root.validatedRowType;
      List<String> names = view.columns().isEmpty() ? row.getFieldNames() : view.columns();
      if (names.size() != row.getFieldCount()) {
        throw new FrazilException(
            ErrorCode.INVALID_QUERY,
            "The view names %d columns, its query gives %d"
                .formatted(names.size(), row.getFieldCount()));
      }
      return new ViewTable(root, names);
    } finally {
      expanding.pop();
    }
  }

  /// Calcite's reader, searching the session first, then the current schema, then the current
  /// catalog.
  private static final class CatalogReader extends CalciteCatalogReader {
    CatalogReader(CalciteSchema root, SqlEnvironment environment, RelDataTypeFactory types) {
      super(
          root,
          SqlNameMatchers.withCaseSensitive(true),
          List.of(
              List.of(),
              List.of(environment.catalog(), environment.schema()),
              List.of(environment.catalog())),
          types,
          CalciteConnectionConfig.DEFAULT);
    }

    /// Names of types that the grammar does not know.
    @Override
    public @Nullable RelDataType getNamedType(SqlIdentifier name) {
      SqlTypeName type =
          switch (name.isSimple() ? name.getSimple() : "") {
            case "text", "string" -> SqlTypeName.VARCHAR;
            case "int2" -> SqlTypeName.SMALLINT;
            case "int4" -> SqlTypeName.INTEGER;
            case "int8" -> SqlTypeName.BIGINT;
            case "float4" -> SqlTypeName.REAL;
            case "float8" -> SqlTypeName.DOUBLE;
            case "bool" -> SqlTypeName.BOOLEAN;
            default -> null;
          };
      return type == null ? super.getNamedType(name) : typeFactory.createSqlType(type);
    }
  }
}
