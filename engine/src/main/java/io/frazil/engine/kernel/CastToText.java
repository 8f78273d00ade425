package io.frazil.engine.kernel;

import io.frazil.engine.expression.Expression.OnError;
import io.frazil.engine.text.ValueText;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;

/// To text, as results are written: what reads back as the same value.
final class CastToText extends Cast {
  private final TextBuilder text = new TextBuilder();

  CastToText(DataType from, OnError onError) {
    super(from, Types.VARCHAR, onError);
  }

  @Override
  Vector convert(Vector flat, Positions rows) {
    if (flat instanceof StringVector) {
      return flat;
    }
    ValueText value = ValueText.of(flat);
    text.start(flat.length());
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      if (rows.isNull(p)) {
        text.endNull(p);
      } else {
        value.append(p, text.buffer());
        text.end(p);
      }
    }
    return text.vector(flat.validity());
  }
}
