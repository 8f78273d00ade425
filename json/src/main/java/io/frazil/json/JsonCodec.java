package io.frazil.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Writes records as JSON and reads them back, strictly: a member that no record knows is an error,
/// as are one that is missing or there twice, a value of another kind, and anything behind the end;
/// sizes are bounded while they are read. For all threads.
///
/// The JSON of a type follows from its declaration. A record is an object, without the members that
/// are null; what is `@Nullable` may be left out. A sealed interface's records begin with their
/// name, `"is":"hash-join"`; enum constants are their names in lower case; lists are arrays, maps
/// by text or number objects. An object inside that is somebody else's is a [JsonText].
public final class JsonCodec {
  static final JsonFactory PLAIN = new JsonFactory();

  private final JsonFactory factory;
  private final Forms forms;

  private JsonCodec(Builder builder) {
    this.factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxDocumentLength(builder.lengthMax)
                    .maxStringLength(builder.stringMax)
                    .maxNestingDepth(builder.depthMax)
                    .maxNameLength(builder.nameMax)
                    .build())
            // What is not read is not written either.
            .streamWriteConstraints(
                StreamWriteConstraints.builder().maxNestingDepth(builder.depthMax).build())
            // Four bytes a character beyond the first 65,536, rather than twelve.
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    this.forms = new Forms(builder.absentIsEmpty);
    for (Wire<?, ?> wire : builder.wires) {
      wire.addTo(forms);
    }
  }

  /// What a codec reads. Sizes are in characters or bytes, whichever it reads.
  public static final class Builder {
    private final List<Wire<?, ?>> wires = new ArrayList<>();
    private long lengthMax = 6_000_000;
    private int stringMax = 6_000_000;
    private int depthMax = 250;
    private int nameMax = 1_000;
    private boolean absentIsEmpty;

    private Builder() {}

    /// The longest text.
    public Builder lengthMax(long length) {
      lengthMax = length;
      return this;
    }

    /// The longest string in it.
    public Builder stringMax(int length) {
      stringMax = length;
      return this;
    }

    /// How deep objects and arrays nest, in what is written too.
    public Builder depthMax(int depth) {
      depthMax = depth;
      return this;
    }

    /// The longest name of a member.
    public Builder nameMax(int length) {
      nameMax = length;
      return this;
    }

    /// Takes lists and maps as empty where they are not there, or null.
    public Builder absentIsEmpty() {
      absentIsEmpty = true;
      return this;
    }

    /// Has a type travel as another.
    public Builder as(Wire<?, ?> wire) {
      wires.add(wire);
      return this;
    }

    public JsonCodec build() {
      return new JsonCodec(this);
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /// In UTF-8. Half of a character, which has no form in it, is escaped.
  ///
  /// @throws IllegalArgumentException where a type has no JSON form
  /// @throws JsonFormatException where the value nests deeper than is read
  public byte[] bytes(Object value) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = factory.createGenerator(bytes)) {
      forms.of(value).write(value, out);
    } catch (StreamConstraintsException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// @throws IllegalArgumentException where a type has no JSON form
  /// @throws JsonFormatException where the value nests deeper than is read
  public String text(Object value) {
    var text = new StringWriter();
    try (JsonGenerator out = factory.createGenerator(text)) {
      forms.of(value).write(value, out);
    } catch (StreamConstraintsException e) {
      throw malformed(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /// @throws JsonFormatException where the bytes are no such value's
  public <T> T read(byte[] json, Class<T> type) {
    try (JsonParser in = factory.createParser(json)) {
      return read(in, type);
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /// @throws JsonFormatException where the text is no such value's
  public <T> T read(String json, Class<T> type) {
    try (JsonParser in = factory.createParser(json)) {
      return read(in, type);
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private <T> T read(JsonParser in, Class<T> type) throws IOException {
    if (in.nextToken() == null) {
      throw new JsonFormatException("it is empty");
    }
    Object value = new Slot(forms.of(type), false).read(in);
    if (in.nextToken() != null) {
      throw new JsonFormatException("something stands behind its end");
    }
    return type.cast(Objects.requireNonNull(value));
  }

  private static JsonFormatException malformed(IOException e) {
    String reason = e instanceof JsonProcessingException j ? j.getOriginalMessage() : "" + e;
    return new JsonFormatException(reason, e);
  }
}
