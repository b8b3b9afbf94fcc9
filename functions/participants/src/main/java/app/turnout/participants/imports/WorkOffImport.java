package app.turnout.participants.imports;

import app.turnout.domain.OrganizationId;
import app.turnout.platform.queue.Queues;
import app.turnout.platform.reactions.AreaEvent;
import app.turnout.platform.reactions.AreaEventHandler;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Works off a file, some rows a transaction. How far it came is stored with the rows, so it may be
/// told twice, or break off anywhere: no row is stored twice, and none is left out.
@Singleton
final class WorkOffImport implements AreaEventHandler {
  private static final String KIND = "participants_import_started";

  private final ImportRows importRows;
  private final Queues queues;
  private final JsonMapper json;

  WorkOffImport(ImportRows importRows, Queues queues, JsonMapper json) {
    this.importRows = importRows;
    this.queues = queues;
    this.json = json;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void handle(AreaEvent event, BooleanSupplier isTimeLeft) {
    UUID id = event.id("import_id");
    ImportRows.Work work = importRows.begin(new OrganizationId(event.id("organization_id")), id);
    boolean isMore = true;
    while (isMore && isTimeLeft.getAsBoolean()) {
      isMore = work.next();
    }
    if (isMore) {
      queues.send("participants-imports", write(event));
    }
  }

  private String write(AreaEvent event) {
    try {
      return json.writeValueAsString(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
