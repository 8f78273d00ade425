package io.frazil.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Ids of queries: names of folders, of lower-case letters and digits.
public final class QueryId {
  /// Asks the system: processes that come from one snapshot would else make the same ids.
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final int HASH_BYTES = 16;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8,64}");

  private QueryId() {}

  /// A new one: in the order of time, and different although many processes make them.
  public static String next() {
    return "%012x%08x".formatted(System.currentTimeMillis(), RANDOM.nextInt());
  }

  /// That of whoever comes with a token of their own: the same each time.
  ///
  /// @param principal who asks, as the door knows them; nobody can make an id of another's
  public static String of(String principal, String token) {
    try {
      // The length keeps ("ab", "c") apart from ("a", "bc").
      String name = principal.length() + ":" + principal + token;
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(hash, HASH_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Whether a text from elsewhere may be an id, and so may become part of a location.
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /// Where the objects of a query lie, ending with `/`.
  ///
  /// @param root ending with `/`
  public static String folder(String root, String id) {
    return root + "queries/" + id + "/";
  }

  /// The object by which whoever asked for a query cancels it.
  public static String control(String folder) {
    return folder + "control.json";
  }

  /// The object that tells the workers to stop that an owner of the query called. It is the
  /// owner's, so that it says nothing to whoever goes on with the query.
  ///
  /// @param epoch the owner's
  public static String control(String folder, int epoch) {
    return "%scontrol-%d.json".formatted(folder, epoch);
  }
}
