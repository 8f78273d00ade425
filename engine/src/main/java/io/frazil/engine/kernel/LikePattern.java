package io.frazil.engine.kernel;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// A LIKE pattern, taken apart at each `%`: what is left is pieces of characters and of `_` (any
/// one character), of which the first stands at the start, the last at the end, and those between
/// where each first fits behind the one before. Immutable.
public final class LikePattern {
  public static final int DEFAULT_ESCAPE = '\\';

  /// Without an escape character.
  public static final int NO_ESCAPE = -1;

  /// What stands between two `%`. Without any `_`, `literals` has one element; with, one for each
  /// run between two `_`, empty where they are neighbours.
  private record Piece(byte[][] literals) {
    boolean isPlain() {
      return literals.length == 1;
    }

    boolean isEmpty() {
      return isPlain() && literals[0].length == 0;
    }
  }

  private final Piece[] pieces;

  private LikePattern(Piece[] pieces) {
    this.pieces = pieces;
  }

  /// @param escape the code point that takes the meaning from `%`, `_` and itself, or [#NO_ESCAPE]
  /// @throws FrazilException INVALID_ARGUMENT where the pattern ends with a lone escape
  public static LikePattern of(String pattern, int escape) {
    return of(pattern, escape, IntUnaryOperator.identity());
  }

  /// The same for texts whose code points have been folded.
  ///
  /// @param folding of a code point, for those that stand for themselves: `%`, `_` and the escape
  ///   are what they are before it
  public static LikePattern of(String pattern, int escape, IntUnaryOperator folding) {
    var pieces = new ArrayList<Piece>();
    var literals = new ArrayList<byte[]>();
    var literal = new ByteArrayOutputStream();
    int[] points = pattern.codePoints().toArray();
    boolean isEscaped = false;
    for (int i = 0; i < points.length; i++) {
      if (isEscaped) {
        literal.writeBytes(utf8(folding.applyAsInt(points[i])));
        isEscaped = false;
      } else if (points[i] == escape) {
        isEscaped = true;
      } else if (points[i] == '%') {
        literals.add(literal.toByteArray());
        literal.reset();
        pieces.add(piece(literals));
      } else if (points[i] == '_') {
        literals.add(literal.toByteArray());
        literal.reset();
      } else {
        literal.writeBytes(utf8(folding.applyAsInt(points[i])));
      }
    }
    if (isEscaped) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "LIKE pattern '" + pattern + "' must not end with its escape character");
    }
    literals.add(literal.toByteArray());
    pieces.add(piece(literals));
    return new LikePattern(pieces.toArray(Piece[]::new));
  }

  private static Piece piece(List<byte[]> literals) {
    var piece = new Piece(literals.toArray(byte[][]::new));
    literals.clear();
    return piece;
  }

  private static byte[] utf8(int codePoint) {
    return Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
  }

  /// Whether all of the text fits the pattern.
  public boolean matches(byte[] bytes, int start, int length) {
    int end = start + length;
    int at = matchAt(pieces[0], bytes, start, end);
    if (pieces.length == 1) {
      return at == end;
    }
    for (int i = 1; at >= 0 && i < pieces.length - 1; i++) {
      at = find(pieces[i], bytes, at, end);
    }
    return at >= 0 && endsWith(pieces[pieces.length - 1], bytes, at, end);
  }

  /// The end of the piece if it stands at `at`, else -1.
  private static int matchAt(Piece piece, byte[] bytes, int at, int end) {
    int i = at;
    for (int k = 0; k < piece.literals.length; k++) {
      if (k > 0) {
        if (i >= end) {
          return -1;
        }
        i = Text.skip(bytes, i, end, 1);
      }
      byte[] literal = piece.literals[k];
      if (end - i < literal.length || !Text.equal(bytes, i, literal, 0, literal.length)) {
        return -1;
      }
      i += literal.length;
    }
    return i;
  }

  /// The end of the piece where it first stands from `from` on, else -1.
  private static int find(Piece piece, byte[] bytes, int from, int end) {
    byte[] first = piece.literals[0];
    int at = Text.find(bytes, from, end, first);
    if (piece.isPlain()) {
      return at < 0 ? -1 : at + first.length;
    }
    while (at >= 0) {
      int pieceEnd = matchAt(piece, bytes, at, end);
      if (pieceEnd >= 0 || at >= end) {
        return pieceEnd;
      }
      at = Text.find(bytes, Text.skip(bytes, at, end, 1), end, first);
    }
    return -1;
  }

  private static boolean endsWith(Piece piece, byte[] bytes, int from, int end) {
    if (piece.isEmpty()) {
      return true;
    }
    if (piece.isPlain()) {
      int at = end - piece.literals[0].length;
      return at >= from && matchAt(piece, bytes, at, end) == end;
    }
    int characters = piece.literals.length - 1;
    for (byte[] literal : piece.literals) {
      characters += Text.characters(literal, 0, literal.length);
    }
    int at = Text.skipBack(bytes, from, end, characters);
    return at >= 0 && matchAt(piece, bytes, at, end) == end;
  }
}
