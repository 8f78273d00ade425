package io.frazil.engine.fragment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.plan.PlanCheck;
import io.frazil.engine.plan.PlanJson;
import java.io.IOException;

/// The JSON form of fragments: `{"version": 1, "build": ..., ...}`.
public final class FragmentJson {
  /// The longest fragment, in characters: one of many splits lies in the store.
  public static final int MAX_LENGTH = PlanJson.LONGEST;

  private static final JsonFactory JSON = new JsonFactory();

  private FragmentJson() {}

  public static String write(Fragment fragment) {
    return PlanJson.write(fragment);
  }

  /// Reads a fragment that this engine can run.
  ///
  /// @param functions the fingerprint of the functions here
  /// @throws FrazilException VERSION_MISMATCH where it is of another version, build or set of
  ///   functions; INVALID_MESSAGE where it is no fragment
  public static Fragment read(String text, String functions) {
    int version = version(text);
    require("format version", String.valueOf(Fragment.VERSION), String.valueOf(version));
    Fragment fragment = PlanJson.read(text, Fragment.class, MAX_LENGTH);
    require("build", BuildId.current(), fragment.build());
    require("function registry", functions, fragment.functions());
    PlanCheck.check(fragment.plan(), fragment.splits(), fragment.output().distribution());
    return fragment;
  }

  /// The version alone, which stands first, so that it can be told of a form that is not known.
  private static int version(String text) {
    try (JsonParser in = JSON.createParser(text)) {
      if (in.nextToken() == JsonToken.START_OBJECT
          && "version".equals(in.nextFieldName())
          && in.nextToken() == JsonToken.VALUE_NUMBER_INT) {
        return in.getIntValue();
      }
    } catch (IOException e) {
      String reason = e instanceof JsonProcessingException j ? j.getOriginalMessage() : "no JSON";
      throw new FrazilException(ErrorCode.INVALID_MESSAGE, "Fragment cannot be read: " + reason, e);
    }
    throw new FrazilException(
        ErrorCode.INVALID_MESSAGE, "Fragment cannot be read: it does not begin with its version");
  }

  private static void require(String what, String here, String there) {
    if (!here.equals(there)) {
      throw new FrazilException(
          ErrorCode.VERSION_MISMATCH,
          "The fragment was planned with %s %s, this worker has %s: deploy both together"
              .formatted(what, there, here));
    }
  }
}
