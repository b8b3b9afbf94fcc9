package app.turnout.participants;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.participants.ParticipantsHarness.Person;
import app.turnout.participants.imports.ImportsWorker;
import app.turnout.testing.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Guest lists that come as CSV.
class ImportTest {
  @RegisterExtension static final ParticipantsHarness TURNOUT = new ParticipantsHarness();

  private static ImportsWorker worker;

  private Person owner;
  private UUID event;

  @BeforeAll
  static void start() {
    worker = new ImportsWorker(TURNOUT);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @BeforeEach
  void plan() throws SQLException {
    owner = TURNOUT.owner();
    event = TURNOUT.event(owner.organization());
    TURNOUT.execute(
        "update organizations set plan = 'enterprise', country = 'IE' where id = ?",
        owner.organization());
  }

  @Test
  void fileBecomesParticipants() throws SQLException {
    UUID id = make("{}");
    part(id, 1, "Name,Phone,E-Mail,Language,Notes,Tags,Shoe size\n");
    part(
        id,
        2,
        "Ana,087 123 4567,ana@example.com,pt-BR,\"two\n"
            + "lines\",\"vip; \"\"a,b\"\"\",42\n\n"
            + "Bo,,,,,,\n");
    assertThat(TURNOUT.get(owner, path(id)).json().path("status").asText()).isEqualTo("uploading");

    Answer started = TURNOUT.call(owner, "POST", path(id) + "/start").send();

    assertThat(started.status()).isEqualTo(202);
    assertThat(started.json().path("status").asText()).isEqualTo("waiting");
    assertThat(
            TURNOUT.query(
                "select payload ->> 'import_id' from outbox_messages where kind = ?"
                    + " and organization_id = ?",
                "participants_import_started",
                owner.organization()))
        .containsExactly(id.toString());

    work(id);

    JsonNode done = TURNOUT.get(owner, path(id)).json();
    assertThat(done.path("status").asText()).isEqualTo("completed");
    assertThat(counts(done)).isEqualTo("rows=2 added=2 updated=0 skipped=0 invalid=0 over=0");
    JsonNode list = TURNOUT.get(owner, "/events/" + event + "/participants").json().path("data");
    assertThat(list.findValuesAsText("name")).containsExactly("Ana", "Bo");
    assertThat(list.at("/0/phone").asText()).isEqualTo("+353871234567");
    assertThat(list.at("/0/email").asText()).isEqualTo("ana@example.com");
    assertThat(list.at("/0/locale").asText()).isEqualTo("pt");
    assertThat(list.at("/0/note").asText()).isEqualTo("two\nlines");
    assertThat(list.at("/0/tags").toString()).isEqualTo("[\"vip\",\"a,b\"]");
    assertThat(list.at("/1/locale").asText()).isEqualTo("en");
    assertThat(TURNOUT.query("select 1 from participant_import_parts where import_id = ?", id))
        .isEmpty();
    assertThat(TURNOUT.audited(owner.organization()))
        .containsExactly(
            "participants.import_made",
            "participants.import_part_taken",
            "participants.import_part_taken",
            "participants.import_started",
            "participants.imported");
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, '', {}",
    "UTF-8, efbbbf, {}",
    "UTF-16LE, fffe, {}",
    "UTF-16BE, feff, {}",
    "windows-1252, '', {}",
    "ISO-8859-1, '', '{\"encoding\": \"iso_8859_1\"}'",
    "UTF-16LE, '', '{\"encoding\": \"utf_16le\"}'",
  })
  void encodingIsGuessedOrTold(String charset, String mark, String options) {
    UUID id = make(options);
    byte[] text = "name;tags\nJosé;ç\n".getBytes(Charset.forName(charset));
    byte[] file = join(HexFormat.of().parseHex(mark), text);
    int cut = file.length - 4;
    put(id, 2, Arrays.copyOfRange(file, cut, file.length));
    put(id, 1, Arrays.copyOf(file, cut));

    startAndWork(id);

    assertThat(names()).containsExactly("José");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name,phone\nAna,+353871234567\n",
        "name;phone\r\nAna;+353871234567",
        "name\tphone\rAna\t'+353871234567\r",
        "name|phone\nAna|=\n\n\n",
        "sep=;\nname;phone\nAna;\n",
        "\n\nName, first;PHONE\nx;\n",
        "Full Name,Telephone\nAna,\n",
        "First name,Surname\nAna,\n",
        "\"Nome completo\";\"Telemóvel\"\nAna;\n",
        "No. HP;Nama Lengkap\n;Ana\n",
        "ФИО;Телефон\nAna;\n",
        "name,name,phone\nAna,Bo,\n",
        "name,\0,\u0007\nAna,Bo,\n",
      })
  void separatorAndColumnsAreFound(String text) {
    UUID id =
        make(text.contains("Name, first") ? "{\"columns\": {\"name\": \"name, FIRST\"}}" : "{}");
    part(id, 1, text.replace("x;", "Ana;").replace("|=", "|"));

    JsonNode preview = TURNOUT.get(owner, path(id) + "/preview").json();

    assertThat(preview.path("problems")).isEmpty();
    assertThat(preview.at("/rows/0/participant/name").asText()).isEqualTo("Ana");
    assertThat(preview.at("/rows/0/outcome").asText()).isEqualTo("added");
    startAndWork(id);
    assertThat(names()).containsExactly("Ana");
  }

  @Test
  void previewShowsWhatWouldComeAndStoresNothing() throws SQLException {
    TURNOUT.participant(owner, event, "{\"name\": \"K\", \"phone\": \"+353871234567\"}");
    UUID id = make("{}");
    part(
        id,
        1,
        """
        Name;Phone;Size
        Ana;0871234568;9
        Kay;087 1234567;
        ;12;
        "Bo
        """);

    JsonNode preview = TURNOUT.get(owner, path(id) + "/preview").json();

    assertThat(preview.path("encoding").asText()).isEqualTo("utf_8");
    assertThat(preview.path("separator").asText()).isEqualTo(";");
    assertThat(preview.path("columns").toString())
        .isEqualTo(
            "[{\"header\":\"Name\",\"field\":\"name\"},{\"header\":\"Phone\",\"field\":\"phone\"},"
                + "{\"header\":\"Size\",\"field\":null}]");
    assertThat(preview.path("rows").findValuesAsText("outcome"))
        .containsExactly("added", "skipped", "invalid", "invalid");
    assertThat(preview.at("/rows/0/participant/phone").asText()).isEqualTo("+353871234568");
    assertThat(preview.at("/rows/1/participant_id").isTextual()).isTrue();
    assertThat(preview.path("errors").findValuesAsText("line")).containsExactly("4", "5");
    assertThat(preview.at("/errors/0/column").asText()).isEqualTo("Name");
    assertThat(preview.at("/errors/1/rule").asText()).isEqualTo("unclosed_quote");
    assertThat(preview.at("/counts/rows").asInt()).isEqualTo(4);
    assertThat(names()).containsExactly("K");
  }

  @Test
  void errorsAreToldByLineAndPageByPage() {
    UUID id = make("{}");
    String bad =
        IntStream.range(0, 30).mapToObj(i -> ";bad" + i + "\n").collect(Collectors.joining());
    part(id, 1, "Name;Phone\nAna;\n" + bad + "Bo;12\nZoe;;too much\n");
    startAndWork(id);

    JsonNode first = TURNOUT.get(owner, path(id) + "/errors?limit=30").json();
    JsonNode second =
        TURNOUT
            .get(owner, path(id) + "/errors?cursor=" + first.path("next_cursor").asText())
            .json();

    assertThat(counts(TURNOUT.get(owner, path(id)).json()))
        .isEqualTo("rows=33 added=1 updated=0 skipped=0 invalid=32 over=0");
    assertThat(first.path("data").findValuesAsText("line")).startsWith("3", "4").hasSize(30);
    assertThat(second.path("data").toString())
        .isEqualTo(
            "[{\"line\":33,\"column\":\"Phone\",\"field\":\"phone\",\"rule\":\"phone\","
                + "\"message\":\"must be a phone number of IE, or with its country's code\"},"
                + "{\"line\":34,\"column\":null,\"field\":\"row\",\"rule\":\"too_many_cells\","
                + "\"message\":\"has more cells than there are columns\"}]");
  }

  @Test
  void whoIsExpectedAlreadyIsUpdatedWhenAsked() {
    JsonNode ana =
        TURNOUT.participant(
            owner,
            event,
            """
            {"name": "Ana", "phone": "+353871234567", "locale": "pt", "note": "n", "tags": ["t"]}
            """);
    TURNOUT.participant(owner, event, "{\"name\": \"Bo\", \"email\": \"bo@example.com\"}");
    UUID id = make("{\"on_duplicate\": \"update\"}");
    part(
        id,
        1,
        """
        name,phone,email,note,tags,travel mode
        Ana Maria,+353871234567,ana@example.com,,,Bicycle
        Ana Maria,,ANA@example.com,new,"x,y",
        Clash,+353871234567,bo@example.com,,,
        Bo,,bo@example.com,,,
        New,,new@example.com,,,foot
        Newer,,new@example.com,,,
        Flyer,,fly@example.com,,,plane
        """);
    startAndWork(id);

    assertThat(counts(TURNOUT.get(owner, path(id)).json()))
        .isEqualTo("rows=7 added=1 updated=4 skipped=0 invalid=2 over=0");
    JsonNode after = TURNOUT.get(owner, "/participants/" + ana.path("id").asText()).json();
    assertThat(after.path("name").asText()).isEqualTo("Ana Maria");
    assertThat(after.path("phone").asText()).isEqualTo("+353871234567");
    assertThat(after.path("email").asText()).isEqualTo("ANA@example.com");
    assertThat(after.path("locale").asText()).isEqualTo("pt");
    assertThat(after.path("note").asText()).isEqualTo("new");
    assertThat(after.path("tags").toString()).isEqualTo("[\"x\",\"y\"]");
    assertThat(after.path("travel_mode").asText()).isEqualTo("bicycle");
    assertThat(names()).containsExactly("Ana Maria", "Bo", "Newer");
    assertThat(
            TURNOUT
                .get(owner, "/events/" + event + "/participants")
                .json()
                .path("data")
                .findValuesAsText("travel_mode"))
        .containsExactly("bicycle", "car", "foot");
    JsonNode flyer = TURNOUT.get(owner, path(id) + "/errors").json().at("/data/1");
    assertThat(flyer.path("line").asInt()).isEqualTo(8);
    assertThat(flyer.path("column").asText()).isEqualTo("travel mode");
    assertThat(flyer.path("field").asText()).isEqualTo("travel_mode");
  }

  @Test
  void linesThatThePlanHasNoRoomForAreTold() throws SQLException {
    TURNOUT.execute("update organizations set plan = 'free' where id = ?", owner.organization());
    UUID id = make("{}");
    part(id, 1, file(503));
    startAndWork(id);

    assertThat(counts(TURNOUT.get(owner, path(id)).json()))
        .isEqualTo("rows=503 added=500 updated=0 skipped=0 invalid=0 over=3");
    JsonNode errors = TURNOUT.get(owner, path(id) + "/errors").json().path("data");
    assertThat(errors.findValuesAsText("line")).containsExactly("502", "503", "504");
    assertThat(errors.findValuesAsText("rule")).containsOnly("plan_limit_reached");
  }

  @Test
  void workGoesOnWhereItBrokeOff() throws SQLException {
    UUID id = make("{}");
    byte[] file = file(2_500).getBytes(StandardCharsets.UTF_8);
    put(id, 1, Arrays.copyOf(file, 20_001));
    put(id, 2, Arrays.copyOfRange(file, 20_001, file.length));
    startImport(id);
    AtomicInteger chances = new AtomicInteger(1);

    worker.work(owner.organization(), id, () -> chances.getAndDecrement() > 0);

    JsonNode half = TURNOUT.get(owner, path(id)).json();
    assertThat(half.path("status").asText()).isEqualTo("working");
    assertThat(counts(half)).isEqualTo("rows=1000 added=1000 updated=0 skipped=0 invalid=0 over=0");
    assertThat(half.path("bytes_read").asLong()).isBetween(1L, (long) file.length);
    assertThat(worker.told()).singleElement().asString().contains(id.toString());

    work(id);
    work(id);

    assertThat(counts(TURNOUT.get(owner, path(id)).json()))
        .isEqualTo("rows=2500 added=2500 updated=0 skipped=0 invalid=0 over=0");
    assertThat(TURNOUT.query("select 1 from participants where event_id = ?", event))
        .hasSize(2_500);
    assertThat(TURNOUT.audited(owner.organization())).containsOnlyOnce("participants.imported");
  }

  @Test
  void toldTwiceAtOnceStoresEachRowOnce() throws Exception {
    UUID id = make("{}");
    part(id, 1, "name\n" + "Nobody's phone\n".repeat(5_000));
    startImport(id);

    ParticipantsHarness.atOnce(
        Collections.nCopies(
            3,
            () -> {
              work(id);
              return TURNOUT.get(owner, path(id));
            }));

    assertThat(counts(TURNOUT.get(owner, path(id)).json()))
        .isEqualTo("rows=5000 added=5000 updated=0 skipped=0 invalid=0 over=0");
    assertThat(TURNOUT.query("select 1 from participants where event_id = ?", event))
        .hasSize(5_000);
  }

  @Test
  void secondImportOfTheSameFileAddsNobody() {
    for (int i = 0; i < 2; i++) {
      UUID id = make("{}");
      part(id, 1, file(1_200));
      startAndWork(id);
      assertThat(counts(TURNOUT.get(owner, path(id)).json()))
          .isEqualTo(
              i == 0
                  ? "rows=1200 added=1200 updated=0 skipped=0 invalid=0 over=0"
                  : "rows=1200 added=0 updated=0 skipped=1200 invalid=0 over=0");
    }
  }

  @Test
  void whatIsExportedCanBeImported() throws SQLException {
    TURNOUT.participant(
        owner,
        event,
        """
        {"name": "=Ana, \\"the\\" first", "phone": "+4915112345678", "email": "a@example.com",
         "locale": "id", "note": "-1\\n@x", "tags": ["vip", "a;b", "+c\\"d"], "travel_mode": "foot"}
        """);
    String csv = TURNOUT.get(owner, "/events/" + event + "/participants/export?bom=true").body();
    JsonNode before = TURNOUT.get(owner, "/events/" + event + "/participants").json().at("/data/0");
    event = TURNOUT.event(owner.organization());
    UUID id = make("{}");
    part(id, 1, csv);
    startAndWork(id);

    JsonNode after = TURNOUT.get(owner, "/events/" + event + "/participants").json().at("/data/0");
    for (String field :
        List.of("name", "phone", "email", "locale", "note", "tags", "travel_mode")) {
      assertThat(after.path(field)).as(field).isEqualTo(before.path(field));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "504b0304140006|415|Excel",
        "d0cf11e0a1b11ae100|415|Excel",
        "255044462d312e34|415|PDF",
        "1f8b0800|415|gzip",
        "''|422|one byte",
      })
  void otherFilesAreRefusedByName(String hex, int status, String says) {
    UUID id = make("{}");

    Answer answer = put(id, 1, HexFormat.of().parseHex(hex));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains(says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\\b|header",
        "\\n\\n\\n|header",
        "phone,email\\n1,2\\n|columns.name",
        "\\0\\0\\0binary\\0|columns.name",
        "\"name,phone\\nAna,\\n|header",
      })
  void fileWithoutAHeaderIsNotStarted(String text, String field) {
    UUID id = make("{}");
    part(id, 1, text.replace("\\n", "\n").replace("\\0", "\0").replace("\\b", "\ufeff"));

    Answer preview = TURNOUT.get(owner, path(id) + "/preview");
    Answer answer = TURNOUT.call(owner, "POST", path(id) + "/start").send();

    assertThat(preview.status()).isEqualTo(200);
    assertThat(preview.json().at("/problems/0/field").asText()).isEqualTo(field);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo(field);
  }

  @Test
  void badRowsSpoilNoOthers() {
    UUID id = make("{}");
    part(
        id,
        1,
        "name,phone\nA\0na,\nBo,=1+1\n\"Cy,\nDi,\n"
            + "x".repeat(1 << 20)
            + ",\n"
            + "E,".repeat(10_000)
            + "\nFay,'+353871234567\n"
            + "G".repeat(300)
            + ",\n\"He said \"no\"\",\nIda,");
    startAndWork(id);

    assertThat(names()).containsExactly("Di", "Fay", "Ida");
    JsonNode errors = TURNOUT.get(owner, path(id) + "/errors").json().path("data");
    assertThat(errors.findValuesAsText("line")).containsExactly("2", "3", "4", "6", "7", "9", "10");
  }

  @Test
  void headerAloneImportsNobody() {
    UUID id = make("{}");
    part(id, 1, "name,phone");
    startAndWork(id);

    assertThat(counts(TURNOUT.get(owner, path(id)).json()))
        .isEqualTo("rows=0 added=0 updated=0 skipped=0 invalid=0 over=0");
  }

  @Test
  void partsAreTakenInAnyOrderUntilTheStart() {
    UUID id = make("{}");
    assertThat(TURNOUT.get(owner, path(id) + "/preview").status()).isEqualTo(409);
    part(id, 3, "Cy\n");
    part(id, 1, "name\n");
    assertThat(
            TURNOUT.call(owner, "POST", path(id) + "/start").send().json().path("detail").asText())
        .isEqualTo("Part 2 of the file is missing");
    part(id, 2, "Nobody\n");
    part(id, 2, "Bo\n");
    startImport(id);

    assertThat(put(id, 4, new byte[] {'x'}).status()).isEqualTo(409);
    assertThat(TURNOUT.call(owner, "POST", path(id) + "/start").send().status()).isEqualTo(202);
    work(id);

    assertThat(names()).containsExactly("Bo", "Cy");
    assertThat(TURNOUT.call(owner, "POST", path(id) + "/start").send().status()).isEqualTo(409);
    assertThat(TURNOUT.get(owner, path(id) + "/preview").status()).isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource({"0, 400", "101, 400", "x, 400", "-1, 400", "99999999999, 400", "100, 200"})
  void partsAreNumberedTo100(String number, int status) {
    UUID id = make("{}");

    Answer answer =
        TURNOUT
            .call(owner, "PUT", path(id) + "/parts/" + number)
            .header("Content-Type", "application/octet-stream")
            .bytes(new byte[] {'a'})
            .send();

    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void partIsOfFourMegabytesAtMostAndOfBytesAsTheyAre() {
    UUID id = make("{}");

    assertThat(put(id, 1, new byte[4 << 20]).status()).isEqualTo(200);
    assertThat(put(id, 1, new byte[(4 << 20) + 1]).status()).isEqualTo(413);
    assertThat(
            TURNOUT
                .call(owner, "PUT", path(id) + "/parts/1")
                .header("Content-Type", "text/csv")
                .header("Content-Encoding", "br")
                .bytes(new byte[] {'a'})
                .send()
                .status())
        .isEqualTo(415);
    assertThat(
            TURNOUT
                .call(owner, "PUT", path(id) + "/parts/1")
                .header("Content-Type", "application/json")
                .bytes(new byte[] {'a'})
                .send()
                .status())
        .isEqualTo(415);
  }

  @Test
  void textThatWasNoUtf8IsNotTakenAsText() {
    UUID id = make("{}");

    Answer text =
        TURNOUT
            .call(owner, "PUT", path(id) + "/parts/1")
            .header("Content-Type", "text/csv")
            .rawBody("name\nJos\ufffd\n", false)
            .send();
    Answer good =
        TURNOUT
            .call(owner, "PUT", path(id) + "/parts/1")
            .header("Content-Type", "text/csv")
            .rawBody("name\nJosé\n", false)
            .send();

    assertThat(text.status()).isEqualTo(415);
    assertThat(good.status()).isEqualTo(200);
  }

  @Test
  void deletedImportEndsAndLeavesNoFile() throws SQLException {
    UUID id = make("{}");
    part(id, 1, file(2_500));
    startImport(id);
    AtomicInteger chances = new AtomicInteger(1);
    worker.work(owner.organization(), id, () -> chances.getAndDecrement() > 0);

    assertThat(TURNOUT.call(owner, "DELETE", path(id)).send().status()).isEqualTo(204);
    work(id);

    assertThat(TURNOUT.get(owner, path(id)).status()).isEqualTo(404);
    assertThat(TURNOUT.query("select 1 from participant_import_parts where import_id = ?", id))
        .isEmpty();
    assertThat(TURNOUT.query("select 1 from participants where event_id = ?", event))
        .hasSize(1_000);
    worker.told();
  }

  @Test
  void filesAreForgottenWhenNobodyGoesOnWithThem() throws SQLException {
    UUID abandoned = make("{}");
    part(abandoned, 1, "name\n");
    TURNOUT.time().advance(Duration.ofHours(25));
    event = TURNOUT.event(owner.organization());
    UUID fresh = make("{}");

    TURNOUT.query(
        "select remove_participant_imports(?)",
        TURNOUT.time().instant().minus(Duration.ofHours(24)).atOffset(ZoneOffset.UTC));

    assertThat(
            TURNOUT.query(
                "select id from participant_imports where organization_id = ?",
                owner.organization()))
        .containsExactly(fresh.toString());
    assertThat(
            TURNOUT.query("select 1 from participant_import_parts where import_id = ?", abandoned))
        .isEmpty();
  }

  @Test
  void othersSeeNothing() throws SQLException {
    UUID id = make("{}");
    Person operator = TURNOUT.member(owner.organization(), "org_operator");
    Person stranger = TURNOUT.owner();
    UUID otherEvent = TURNOUT.event(owner.organization());

    for (String rest : List.of("", "/preview", "/errors")) {
      assertThat(TURNOUT.get(operator, path(id) + rest).status()).isEqualTo(403);
      assertThat(TURNOUT.get(stranger, path(id) + rest).status()).isEqualTo(404);
      assertThat(
              TURNOUT
                  .get(owner, path(id).replace(event.toString(), otherEvent.toString()) + rest)
                  .status())
          .isEqualTo(404);
    }
    assertThat(TURNOUT.call(stranger, "DELETE", path(id)).send().status()).isEqualTo(404);
    assertThat(TURNOUT.call(stranger, "POST", path(id) + "/start").send().status()).isEqualTo(404);
  }

  @Test
  void importsAreListedAndNotTooMany() {
    for (int i = 0; i < 20; i++) {
      make("{}");
    }

    Answer refused = TURNOUT.post(owner, imports(), "{}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(TURNOUT.get(owner, imports() + "?limit=5").json().path("data")).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"encoding\": \"ebcdic\"}",
        "{\"separator\": \";\"}",
        "{\"locale\": \"fr\"}",
        "{\"on_duplicate\": \"add\"}",
        "{\"columns\": {\"shoe\": \"x\"}}",
        "{\"columns\": {\"name\": \"\"}}",
      })
  void optionsOfNoUseAreRefused(String options) {
    assertThat(TURNOUT.post(owner, imports(), options).status()).isEqualTo(422);
  }

  private static String file(int rows) {
    return IntStream.range(0, rows)
        .mapToObj(i -> "Guest " + i + ",guest" + i + "@example.com\n")
        .collect(Collectors.joining("", "name,email\n", ""));
  }

  private String imports() {
    return "/events/" + event + "/participants/imports";
  }

  private String path(UUID id) {
    return imports() + "/" + id;
  }

  private UUID make(String options) {
    Answer made = TURNOUT.post(owner, imports(), options);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return UUID.fromString(made.json().path("id").asText());
  }

  private void part(UUID id, int number, String text) {
    Answer answer = put(id, number, text.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private Answer put(UUID id, int number, byte[] content) {
    return TURNOUT
        .call(owner, "PUT", path(id) + "/parts/" + number)
        .header("Content-Type", "application/octet-stream")
        .bytes(content)
        .send();
  }

  private void startImport(UUID id) {
    Answer started = TURNOUT.call(owner, "POST", path(id) + "/start").send();
    assertThat(started.status()).as(started.body()).isEqualTo(202);
  }

  private void work(UUID id) {
    // What comes later has the greater id.
    TURNOUT.time().advance(Duration.ofMillis(1));
    worker.work(owner.organization(), id, () -> true);
  }

  private void startAndWork(UUID id) {
    startImport(id);
    work(id);
  }

  private List<String> names() {
    return TURNOUT
        .get(owner, "/events/" + event + "/participants")
        .json()
        .path("data")
        .findValuesAsText("name");
  }

  private static String counts(JsonNode done) {
    JsonNode counts = done.path("counts");
    return "rows=%s added=%s updated=%s skipped=%s invalid=%s over=%s"
        .formatted(
            counts.path("rows"),
            counts.path("added"),
            counts.path("updated"),
            counts.path("skipped"),
            counts.path("invalid"),
            counts.path("plan_limit_reached"));
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(first);
    joined.writeBytes(second);
    return joined.toByteArray();
  }
}
