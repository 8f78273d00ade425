<#-- Expressions and table references that Calcite's grammar does not have. -->

JoinType LeftSemiJoin() :
{
}
{
    <LEFT> <SEMI> <JOIN> { return JoinType.LEFT_SEMI_JOIN; }
}

JoinType LeftAntiJoin() :
{
}
{
    <LEFT> <ANTI> <JOIN> { return JoinType.LEFT_ANTI_JOIN; }
}

/** {@code x::integer}. */
void InfixCast(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
}
{
    <INFIX_CAST> { checkNonQueryExpression(exprContext); }
    type = DataType() {
        SqlNode operand = SqlParserUtil.toTree(list);
        list.clear();
        list.add(SqlStdOperatorTable.CAST.createCall(s.end(this), operand, type));
    }
}

/** {@code INTERVAL '1 year 2 months'}: amounts with their units inside the text. */
SqlNode TextInterval() :
{
    final String text;
    final Span s;
}
{
    <INTERVAL> { s = span(); }
    text = SimpleStringLiteral() { return Intervals.parse(text, s.end(this)); }
}

/** {@code FROM 'data/*.parquet'}: files in place of a table. */
SqlIdentifier FileTable() :
{
    final String path;
}
{
    path = SimpleStringLiteral() { return TableVersions.files(path, getPos()); }
}
