package app.turnout.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each table has one owner, named in its SQL comment, and nobody else writes to it.
class TableOwnersTest {
  private static final Path MIGRATIONS =
      Checkout.ROOT.resolve("shared/schema/src/main/resources/app/turnout/schema");
  private static final Pattern OWNER =
      Pattern.compile("comment on table (\\w+) is\\s+'owner: ([\\w.]+)");
  private static final Pattern TABLE = Pattern.compile("create table (?:if not exists )?(\\w+)");
  private static final Pattern WRITE =
      Pattern.compile("(?:insert into|update|delete from|truncate)\\s+([a-z_]+)\\b");

  @Test
  void everyTableNamesItsOwner() throws Exception {
    String schema = schema();
    Map<String, String> owners = owners(schema);

    Matcher table = TABLE.matcher(schema);
    int tables = 0;
    while (table.find()) {
      assertThat(owners).containsKey(table.group(1));
      tables++;
    }
    assertThat(tables).isGreaterThan(10);
  }

  @Test
  void onlyTheOwnerWrites() throws Exception {
    Map<String, String> owners = owners(schema());
    List<String> foreign = new ArrayList<>();
    int writes = 0;

    List<Path> sources = new ArrayList<>(Checkout.mainSources(Checkout.ROOT.resolve("functions")));
    sources.addAll(Checkout.mainSources(Checkout.ROOT.resolve("shared/platform")));
    for (Path source : sources) {
      Matcher write = WRITE.matcher(Checkout.read(source));
      while (write.find()) {
        String owner = owners.get(write.group(1));
        if (owner == null) {
          continue;
        }
        writes++;
        if (!writer(source).equals(owner)) {
          foreign.add(source.getFileName() + " writes to " + write.group(1) + " of " + owner);
        }
      }
    }

    assertThat(foreign).isEmpty();
    assertThat(writes).isGreaterThan(10);
  }

  private static String writer(Path source) {
    String path = Checkout.ROOT.relativize(source).toString();
    Matcher shared = Pattern.compile("app/turnout/platform/(\\w+)/").matcher(path);
    if (shared.find()) {
      return "platform." + shared.group(1);
    }
    return path.split("/", -1)[1];
  }

  private static Map<String, String> owners(String schema) {
    Map<String, String> owners = new HashMap<>();
    Matcher owner = OWNER.matcher(schema);
    while (owner.find()) {
      owners.put(owner.group(1), owner.group(2));
    }
    return owners;
  }

  private static String schema() throws Exception {
    StringBuilder schema = new StringBuilder();
    try (Stream<Path> migrations = Files.list(MIGRATIONS)) {
      migrations.sorted().forEach(migration -> schema.append(Checkout.read(migration)));
    }
    return schema.toString();
  }
}
