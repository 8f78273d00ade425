package io.frazil.engine.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.error.ErrorCode;
import java.util.ArrayList;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Page headers that say something else of a page than what it is.
class PageFlagsTest {
  private static final int ROWS = 1000;

  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message m { optional int64 n; required binary name (STRING); }");

  private final MemoryStore store = new MemoryStore();
  private final Scans scans = new Scans(store);

  private static byte[] write(CompressionCodecName codec, WriterVersion version) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (int i = 0; i < ROWS; i++) {
      Long number = i % 7 == 0 ? null : Long.valueOf(i / 100);
      rows.add(new Object[] {number, Binary.fromString("the name of " + i)});
    }
    return TestFile.write(
        SCHEMA,
        rows,
        b ->
            b.withCompressionCodec(codec).withWriterVersion(version).withDictionaryEncoding(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SNAPPY", "ZSTD", "GZIP"})
  void aCompressedPageThatSaysItIsNotIsReadAllTheSame(String codec) {
    byte[] file = write(CompressionCodecName.valueOf(codec), WriterVersion.PARQUET_2_0);
    store.put("f", file);
    var expected = scans.rows("f");

    store.put(
        "f", Rewritten.pageHeaders(file, h -> h.getData_page_header_v2().setIs_compressed(false)));

    assertThat(expected).hasSize(ROWS);
    assertThat(scans.rows("f")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PARQUET_1_0", "PARQUET_2_0"})
  void aPageThatIsNotCompressedHasTheLengthThatItSays(String version) {
    byte[] file = write(CompressionCodecName.UNCOMPRESSED, WriterVersion.valueOf(version));

    store.put("f", Rewritten.pageHeaders(file, PageFlagsTest::shorten));

    assertThat(scans.failure("f").code()).isEqualTo(ErrorCode.FILE_CORRUPT);
  }

  private static void shorten(PageHeader header) {
    header.setUncompressed_page_size(header.getUncompressed_page_size() - 1);
  }

  @Test
  void whatIsNotChangedIsRead() {
    byte[] file = write(CompressionCodecName.UNCOMPRESSED, WriterVersion.PARQUET_2_0);

    store.put("f", Rewritten.pageHeaders(file, _ -> {}));

    assertThat(scans.rows("f")).hasSize(ROWS);
  }
}
