package app.turnout.participants.imports;

import app.turnout.participants.ParticipantsHarness;
import app.turnout.platform.reactions.AreaEvent;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestDatabase;
import app.turnout.testing.TestFunctions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/// The function `participants-imports` beside the one that answers requests.
public final class ImportsWorker implements AutoCloseable {
  private final ParticipantsHarness turnout;
  private final ParticipantsImportsFunction function;
  private final String queue = "participants-imports-" + UUID.randomUUID();

  public ImportsWorker(ParticipantsHarness turnout) {
    this.turnout = turnout;
    Map<String, Object> properties =
        new HashMap<>(turnout.properties("participants-imports", TestDatabase.JOBS));
    properties.put("turnout.queues.participants-imports", TestFunctions.queueUrl(queue));
    properties.put("datasources.default.maximum-pool-size", 4);
    this.function = new ParticipantsImportsFunction(properties);
    sqs().createQueue(request -> request.queueName(queue));
  }

  /// Works off an import, as long as there is time.
  public void work(UUID organization, UUID id, BooleanSupplier isTimeLeft) {
    function.context().getBean(SettableTime.class).set(turnout.time().instant());
    function
        .context()
        .getBean(WorkOffImport.class)
        .handle(
            new AreaEvent(
                "participants_import_started",
                Map.of("import_id", id.toString(), "organization_id", organization.toString())),
            isTimeLeft);
  }

  /// What the function told itself to go on with.
  public List<String> told() {
    return sqs()
        .receiveMessage(request -> request.queueUrl(TestFunctions.queueUrl(queue)))
        .messages()
        .stream()
        .map(Message::body)
        .toList();
  }

  private SqsClient sqs() {
    return function.context().getBean(SqsClient.class);
  }

  @Override
  public void close() {
    function.close();
  }
}
