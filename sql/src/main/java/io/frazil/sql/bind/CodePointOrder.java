package io.frazil.sql.bind;

import java.nio.charset.Charset;
import java.text.CollationKey;
import java.text.Collator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/// The collation of text constants: by code points, which is the order of UTF-8's bytes and not
/// that of Java's characters. It has the name of Calcite's own collation and so is equal to it.
final class CodePointOrder extends SqlCollation {
  private static final long serialVersionUID = 1;

  private static final CodePointOrder INSTANCE = new CodePointOrder();

  private CodePointOrder() {
    super(Coercibility.IMPLICIT);
  }

  /// A constant of a type, which compares in this order.
  static NlsString of(NlsString text, RelDataType type) {
    Charset charset = type.getCharset();
    boolean isOrdered = text.getCollation() == INSTANCE;
    return charset == null || isOrdered
        ? text
        : new NlsString(text.getValue(), charset.name(), INSTANCE);
  }

  @Override
  public Collator getCollator() {
    return new ByCodePoint();
  }

  private static final class ByCodePoint extends Collator {
    @Override
    public int compare(String a, String b) {
      int length = Math.min(a.length(), b.length());
      for (int i = 0; i < length; i++) {
        char x = a.charAt(i);
        char y = b.charAt(i);
        if (x != y) {
          // A surrogate is half of a code point above all others.
          boolean sameKind = Character.isSurrogate(x) == Character.isSurrogate(y);
          return sameKind ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
        }
      }
      return Integer.compare(a.length(), b.length());
    }

    @Override
    public @Nullable CollationKey getCollationKey(@Nullable String source) {
      throw new UnsupportedOperationException("text is compared, not keyed");
    }

    @Override
    public int hashCode() {
      return ByCodePoint.class.hashCode();
    }
  }
}
