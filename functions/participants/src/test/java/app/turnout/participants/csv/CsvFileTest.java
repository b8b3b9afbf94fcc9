package app.turnout.participants.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Files of every kind, in parts cut anywhere.
class CsvFileTest {
  private static final CsvFile.Place START = new CsvFile.Place(0, 1);

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void partsMayBeCutAtEveryByte(Encoding encoding) {
    String text = "a,\"b \"\"c\"\"\r\nd\"\r\ne,\u00e9\n\nf,\"\"\r\"\u00fc\n\r\n\",g";
    byte[] bytes = text.getBytes(charset(encoding));
    List<List<String>> expected =
        List.of(
            List.of("a", "b \"c\"\r\nd"),
            List.of("e", "\u00e9"),
            List.of(""),
            List.of("f", ""),
            List.of("\u00fc\n\r\n", "g"));

    assertThat(rows(whole(bytes), encoding)).isEqualTo(expected);
    for (int first = 1; first < bytes.length; first++) {
      assertThat(rows(parts(bytes, first), encoding)).as("cut at " + first).isEqualTo(expected);
    }
    int[] everywhere = IntStream.range(1, bytes.length).toArray();
    assertThat(rows(parts(bytes, everywhere), encoding)).isEqualTo(expected);
  }

  @Test
  void linesAreCountedAsEditorsDo() {
    String text = "a\n\"b\r\nc\"\rd\r\n\ne";

    List<Long> numbers = new ArrayList<>();
    CsvFile file = new CsvFile(whole(utf8(text)), Encoding.UTF_8, ',', START);
    for (Optional<CsvFile.Line> line = file.next(); line.isPresent(); line = file.next()) {
      numbers.add(line.get().number());
    }

    assertThat(numbers).containsExactly(1L, 2L, 4L, 5L, 6L);
  }

  @Test
  void readingGoesOnFromAnyPlace() {
    byte[] bytes = utf8("a,b\n\"c\nd\",e\nf,\"g\n\nh,i");
    CsvFile.Parts parts = parts(bytes, 5, 11, 16);
    CsvFile file = new CsvFile(parts, Encoding.UTF_8, ',', START);
    List<String> all = lines(parts, START);
    for (int i = 0; i < all.size(); i++) {
      assertThat(lines(parts, file.place())).isEqualTo(all.subList(i, all.size()));
      file.next();
    }
    assertThat(all).hasSize(5);
  }

  /// What somebody else writes, we read: values of all sorts, by chance but always the same.
  @Test
  void whatAnotherWriterWritesIsRead() throws IOException {
    Random random = new Random(4180);
    String[] pieces = {
      "a", "é", "ж", "😀", "\"", ",", ";", "\n", "\r\n", "\r", " ", "'", "=", "\t"
    };
    for (int round = 0; round < 300; round++) {
      List<List<String>> rows = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        List<String> row = new ArrayList<>();
        for (int j = 0; j < 3; j++) {
          StringBuilder cell = new StringBuilder();
          for (int k = random.nextInt(6); k > 0; k--) {
            cell.append(pieces[random.nextInt(pieces.length)]);
          }
          row.add(cell.toString());
        }
        rows.add(row);
      }
      StringWriter text = new StringWriter();
      try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
        for (List<String> row : rows) {
          printer.printRecord(row);
        }
      }
      byte[] bytes = utf8(text.toString());
      int cut = bytes.length < 2 ? 0 : 1 + random.nextInt(bytes.length - 1);

      assertThat(rows(cut == 0 ? whole(bytes) : parts(bytes, cut), Encoding.UTF_8)).isEqualTo(rows);
    }
  }

  @Test
  void quoteThatIsNotClosedSpoilsItsOwnLineOnly() {
    String many = "x,y\n".repeat(100_000);

    List<String> lines = lines(whole(utf8("a,b\nc,\"d\ne,f\n" + many)), START);

    assertThat(lines).hasSize(100_003);
    assertThat(lines.subList(0, 4))
        .containsExactly("[a, b]", "UNCLOSED_QUOTE 2", "[e, f]", "[x, y]");
    assertThat(lines.subList(4, 100_003)).containsOnly("[x, y]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,\"b\"c,d\\ne,f|TEXT_AFTER_QUOTE 1;[e, f]",
        "a,\"b\\ne,f|UNCLOSED_QUOTE 1;[e, f]",
        "a,\"b|UNCLOSED_QUOTE 1",
        "a,b\"c\"d\\ne|[a, b\"c\"d];[e]",
        "a, \"b,c\" ,d|[a, b,c, d]",
        "\\r\\r\\n\\n\\r|[];[];[];[]",
      })
  void rowsThatBreakTheRulesEndAtTheirFirstLineEnd(String text, String expected) {
    String real = text.replace("\\n", "\n").replace("\\r", "\r");

    assertThat(String.join(";", lines(whole(utf8(real)), START))).isEqualTo(expected);
  }

  @Test
  void cellOfAMegabyteIsOneFaultyLine() {
    String text = "a\n" + "x".repeat(1 << 20) + "\nb\n\"" + "y".repeat(1 << 20) + "\"\nc\n";
    byte[] bytes = utf8(text);
    int[] cuts = IntStream.range(1, bytes.length / 100_000).map(i -> i * 100_000).toArray();

    assertThat(lines(parts(bytes, cuts), START))
        .containsExactly("[a]", "ROW_TOO_LONG 2", "[b]", "UNCLOSED_QUOTE 4", "[c]");
  }

  @Test
  void onePartAndTheBeginningOfARowAreInMemory() {
    byte[] part =
        utf8(("x".repeat(1_000) + ",\"two\nlines\"\n").repeat(500) + "\"" + "y".repeat(9));
    CsvFile file =
        new CsvFile(
            new CsvFile.Parts(Collections.nCopies(100, part.length), _ -> part),
            Encoding.UTF_8,
            ',',
            START);
    long lines = 0;
    int most = 0;
    while (file.next().isPresent()) {
      lines++;
      most = Math.max(most, file.held());
    }

    assertThat(lines).isGreaterThan(100 * 500);
    assertThat(most).isLessThan(part.length + RowCutter.LONGEST_ROW + 16);
  }

  @Test
  void tenThousandColumnsAreOneFaultyLine() {
    assertThat(lines(whole(utf8("a,".repeat(10_000) + "\nb")), START))
        .containsExactly("TOO_MANY_COLUMNS 1", "[b]");
  }

  @Test
  void bytesOfAnotherEncodingAreOneFaultyLine() {
    byte[] bytes = "a\nJos\u00e9\nb".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(lines(whole(bytes), START)).containsExactly("[a]", "ENCODING 2", "[b]");
  }

  @Test
  void oddByteAtTheEndOfUtf16IsNoCharacter() {
    byte[] bytes = Arrays.copyOf("a,b".getBytes(StandardCharsets.UTF_16LE), 7);

    assertThat(rows(whole(bytes), Encoding.UTF_16LE)).containsExactly(List.of("a", "b"));
  }

  @Test
  void nothingHasNoLines() {
    assertThat(lines(whole(new byte[0]), START)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3", "4", "5", "6", "7", "8"})
  void utf8IsKnownWhereverItIsCut(int from) {
    byte[] bytes = utf8("é😀ж€");

    for (int to = from; to <= bytes.length; to++) {
      assertThat(Encoding.canBeUtf8(Arrays.copyOfRange(bytes, from, to))).isTrue();
    }
    assertThat(Encoding.canBeUtf8("José, Ana".getBytes(StandardCharsets.ISO_8859_1))).isFalse();
  }

  @Test
  void listsInOneCellComeBackAsTheyWent() {
    List<String> values = List.of("vip", "a;b", "c,d", "e\"f", "g|h", "i j");

    assertThat(CsvLists.read(CsvWriter.list(values))).isEqualTo(values);
    assertThat(CsvLists.read("a, b;c |  ;a")).containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"=1+1", "+1", "-1", "@a", "'=1", "''+", "+353871234567", "plain", "'plain", "``"})
  void formulasComeBackAsTheyWent(String text) {
    String defused = Formulas.defused(text);

    assertThat(Formulas.restored(defused)).isEqualTo(text);
    assertThat(defused).matches("(?s)[^=@\\-\t\r].*|");
    assertThat(Formulas.defused("\t=1")).isEqualTo("'\t=1");
  }

  private static List<List<String>> rows(CsvFile.Parts parts, Encoding encoding) {
    List<List<String>> rows = new ArrayList<>();
    CsvFile file = new CsvFile(parts, encoding, ',', START);
    for (Optional<CsvFile.Line> line = file.next(); line.isPresent(); line = file.next()) {
      rows.add(((CsvFile.Line.Row) line.get()).cells());
    }
    return rows;
  }

  private static List<String> lines(CsvFile.Parts parts, CsvFile.Place from) {
    List<String> lines = new ArrayList<>();
    CsvFile file = new CsvFile(parts, Encoding.UTF_8, ',', from);
    for (Optional<CsvFile.Line> line = file.next(); line.isPresent(); line = file.next()) {
      lines.add(
          switch (line.get()) {
            case CsvFile.Line.Row row -> row.cells().toString();
            case CsvFile.Line.Faulty(long number, CsvFault fault) -> fault + " " + number;
          });
    }
    return lines;
  }

  private static CsvFile.Parts whole(byte[] bytes) {
    return parts(bytes);
  }

  private static CsvFile.Parts parts(byte[] bytes, int... cuts) {
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    for (int cut : cuts) {
      parts.add(Arrays.copyOfRange(bytes, from, cut));
      from = cut;
    }
    parts.add(Arrays.copyOfRange(bytes, from, bytes.length));
    return new CsvFile.Parts(parts.stream().map(part -> part.length).toList(), parts::get);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Charset charset(Encoding encoding) {
    return Charset.forName(encoding.name().replace("_", "-").replace("UTF-16-", "UTF-16"));
  }
}
