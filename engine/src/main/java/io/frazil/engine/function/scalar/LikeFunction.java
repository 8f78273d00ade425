package io.frazil.engine.function.scalar;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.kernel.Flattener;
import io.frazil.engine.kernel.LikePattern;
import io.frazil.engine.kernel.Positions;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `like(value, pattern[, escape])` and `ilike`, which ignores case: of one character after
/// another, so that what `_` stands for does not become two. A literal pattern is taken apart once;
/// one that is computed, once for each run of equal ones. The escape character is a backslash
/// unless said otherwise, and none if an empty text is said.
final class LikeFunction implements ScalarFunction {
  private final String name;
  private final boolean foldsCase;

  private LikeFunction(String name, boolean foldsCase) {
    this.name = name;
    this.foldsCase = foldsCase;
  }

  static LikeFunction like() {
    return new LikeFunction("like", false);
  }

  static LikeFunction ilike() {
    return new LikeFunction("ilike", true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    return Parameters.withOptional(
        arguments, Parameters.repeat(Types.VARCHAR, 3), 2, Types.BOOLEAN);
  }

  @Override
  public Volatility volatility() {
    return Volatility.IMMUTABLE;
  }

  @Override
  public boolean isStrict() {
    return true;
  }

  /// For a bad pattern, which a literal shows when it is bound.
  @Override
  public boolean canFail(List<Expression> arguments) {
    return !isConstant(arguments);
  }

  private static boolean isConstant(List<Expression> arguments) {
    return arguments.subList(1, arguments.size()).stream()
        .allMatch(a -> a instanceof Literal(Object value, var _) && value != null);
  }

  @Override
  public Body bind(List<Expression> arguments) {
    if (isConstant(arguments)) {
      String escape = arguments.size() < 3 ? "\\" : text(arguments.get(2));
      return new Matching(foldsCase, pattern(text(arguments.get(1)), escape, foldsCase));
    }
    return new Matching(foldsCase, null);
  }

  private static String text(Expression literal) {
    return String.valueOf(((Literal) literal).value());
  }

  private static LikePattern pattern(String pattern, String escape, boolean foldsCase) {
    int characters = escape.codePointCount(0, escape.length());
    if (characters > 1) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "The escape of LIKE is one character, not '" + escape + "'");
    }
    int escapePoint = characters == 0 ? LikePattern.NO_ESCAPE : escape.codePointAt(0);
    return foldsCase
        ? LikePattern.of(pattern, escapePoint, Character::toLowerCase)
        : LikePattern.of(pattern, escapePoint);
  }

  private static final class Matching implements Body {
    private final boolean foldsCase;
    private final @Nullable LikePattern constant;
    private final Flattener values = new Flattener();
    private final Flattener patterns = new Flattener();
    private final Flattener escapes = new Flattener();
    private final Scratch scratch = new Scratch();
    private final CaseFolding lower = CaseFolding.eachToLower();
    private String lastPattern = "";
    private String lastEscape = "";
    private LikePattern last = LikePattern.of("", LikePattern.NO_ESCAPE);

    Matching(boolean foldsCase, @Nullable LikePattern constant) {
      this.foldsCase = foldsCase;
      this.constant = constant;
    }

    @Override
    public Vector evaluate(Vector[] arguments, Rows rows) {
      var texts = (StringVector) values.flat(arguments[0], rows);
      int length = rows.length();
      long @Nullable [] validity = texts.validity();
      if (foldsCase) {
        texts = lower.apply(texts, Positions.of(rows, validity));
      }
      byte[] out = scratch.bytes(length);
      if (constant != null) {
        match(constant, texts, Positions.of(rows, validity), out);
        return new BooleanVector(Types.BOOLEAN, out, length, validity);
      }
      var patternTexts = (StringVector) patterns.flat(arguments[1], rows);
      validity = Bitmap.and(validity, patternTexts.validity(), length);
      @Nullable StringVector escapeTexts = null;
      if (arguments.length > 2) {
        escapeTexts = (StringVector) escapes.flat(arguments[2], rows);
        validity = Bitmap.and(validity, escapeTexts.validity(), length);
      }
      Positions live = Positions.of(rows, validity);
      for (int i = 0; i < live.count(); i++) {
        int p = live.at(i);
        boolean is =
            !live.isNull(p)
                && patternOf(patternTexts, escapeTexts, p)
                    .matches(texts.bytes(), texts.starts()[p], texts.lengths()[p]);
        out[p] = (byte) (is ? 1 : 0);
      }
      return new BooleanVector(Types.BOOLEAN, out, length, validity);
    }

    private static void match(LikePattern pattern, StringVector texts, Positions rows, byte[] out) {
      byte[] bytes = texts.bytes();
      int[] starts = texts.starts();
      int[] lengths = texts.lengths();
      for (int i = 0; i < rows.count(); i++) {
        int p = rows.at(i);
        boolean is = pattern.matches(bytes, starts[p], lengths[p]) && !rows.isNull(p);
        out[p] = (byte) (is ? 1 : 0);
      }
    }

    private LikePattern patternOf(
        StringVector patternTexts, @Nullable StringVector escapeTexts, int p) {
      String text = patternTexts.text(p);
      String escape = escapeTexts == null ? "\\" : escapeTexts.text(p);
      if (!text.equals(lastPattern) || !escape.equals(lastEscape)) {
        last = pattern(text, escape, foldsCase);
        lastPattern = text;
        lastEscape = escape;
      }
      return last;
    }
  }
}
