<#-- Statements that Calcite's grammar does not have. -->

SqlNode FrazilStatement() :
{
    final SqlNode statement;
}
{
    (
        statement = CreateStatement()
    |
        statement = DropStatement()
    |
        statement = ShowStatement()
    |
        statement = ExplainStatement()
    )
    { return statement; }
}

boolean IfNotExists() :
{
}
{
    [ <IF> <NOT> <EXISTS> { return true; } ] { return false; }
}

boolean IfExists() :
{
}
{
    [ <IF> <EXISTS> { return true; } ] { return false; }
}

SqlNode CreateStatement() :
{
    final Span s;
    boolean replace = false;
    final boolean skip;
    final SqlIdentifier name;
    Schema columns = null;
    SqlNodeList names = SqlNodeList.EMPTY;
    SqlNode query = null;
}
{
    <CREATE> { s = span(); }
    [ <OR> <REPLACE> { replace = true; } ]
    (
        <TABLE> skip = IfNotExists() name = CompoundIdentifier()
        (
            columns = ColumnDeclarations()
            { return StatementNode.createTable(s.end(this), name, replace, skip, columns); }
        |
            <AS> query = NestedQuery()
            { return StatementNode.createTableAs(s.end(this), name, replace, skip, query); }
        )
    |
        <VIEW> skip = IfNotExists() name = CompoundIdentifier()
        [ names = ParenthesizedSimpleIdentifierList() ]
        <AS> query = NestedQuery()
        { return StatementNode.createView(s.end(this), name, replace, skip, names, query); }
    |
        <SCHEMA> skip = IfNotExists() name = CompoundIdentifier()
        { return StatementNode.createSchema(s.end(this), name, replace, skip); }
    )
}

Schema ColumnDeclarations() :
{
    final List<Field> fields = new ArrayList<Field>();
    Field field;
}
{
    <LPAREN>
    field = ColumnDeclaration() { fields.add(field); }
    ( <COMMA> field = ColumnDeclaration() { fields.add(field); } )*
    <RPAREN> { return new Schema(fields); }
}

Field ColumnDeclaration() :
{
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
    boolean nullable = true;
}
{
    name = SimpleIdentifier()
    type = DataType()
    [ <NOT> <NULL> { nullable = false; } | <NULL> ]
    { return Declarations.column(name, type, nullable); }
}

SqlNode DropStatement() :
{
    final Span s;
    final boolean skip;
    final SqlIdentifier name;
}
{
    <DROP> { s = span(); }
    (
        <TABLE> skip = IfExists() name = CompoundIdentifier()
        { return StatementNode.dropTable(s.end(this), name, skip); }
    |
        <VIEW> skip = IfExists() name = CompoundIdentifier()
        { return StatementNode.dropView(s.end(this), name, skip); }
    |
        <SCHEMA> skip = IfExists() name = CompoundIdentifier()
        { return StatementNode.dropSchema(s.end(this), name, skip); }
    )
}

SqlNode ShowStatement() :
{
    final Span s;
    SqlIdentifier name = null;
}
{
    <SHOW> { s = span(); }
    (
        <TABLES> [ ( <FROM> | <IN> ) name = CompoundIdentifier() ]
        { return StatementNode.showTables(s.end(this), name); }
    |
        <SCHEMAS> [ ( <FROM> | <IN> ) name = CompoundIdentifier() ]
        { return StatementNode.showSchemas(s.end(this), name); }
    |
        <COLUMNS> ( <FROM> | <IN> ) name = CompoundIdentifier()
        { return StatementNode.describe(s.end(this), name); }
    )
}

/** A query within a statement, positioned from its first token to its last. */
SqlNode NestedQuery() :
{
    final SqlParserPos first;
    final SqlNode query;
}
{
    {
        first = new SqlParserPos(getToken(1).beginLine, getToken(1).beginColumn,
            getToken(1).endLine, getToken(1).endColumn);
    }
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    { return query.clone(first.plus(getPos())); }
}

SqlNode ExplainStatement() :
{
    final Span s;
    boolean analyze = false;
    final SqlNode query;
}
{
    <EXPLAIN> { s = span(); }
    [ <ANALYZE> { analyze = true; } ]
    query = NestedQuery()
    { return StatementNode.explain(s.end(this), analyze, query); }
}
