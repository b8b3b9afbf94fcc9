package app.turnout.runner.aws;

import app.turnout.runner.AwsJson;
import app.turnout.runner.RunnerException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.regions.PartitionMetadata;

/// An account of AWS in which one data directory has queues and tables. Their names begin with a
/// prefix that nobody else has, and they carry it as a tag; nothing without both is ever deleted.
public final class AwsAccount {
  /// The tag, whose value is the prefix.
  public static final String TAG = "turnout-local";

  private final AwsLogin login;
  private final AwsPlace place;
  private final KeptPrefix kept;
  private final URI sqs;
  private final URI dynamoDb;

  private AwsAccount(AwsLogin login, AwsPlace place, KeptPrefix kept) {
    this.login = login;
    this.place = place;
    this.kept = kept;
    this.sqs = login.endpoint("sqs");
    this.dynamoDb = login.endpoint("dynamodb");
  }

  /// The account that this machine is logged in to.
  ///
  /// @param data the directory that queues and tables belong to
  /// @throws RunnerException when there is no login, no region, or AWS refuses the login
  public static AwsAccount open(Path data) {
    AwsLogin login = AwsLogin.find();
    AwsPlace place =
        new AwsPlace(
            PartitionMetadata.of(login.whichRegion()).id(),
            login.whichRegion().id(),
            CallerIdentity.account(login));
    return new AwsAccount(login, place, new KeptPrefix(data.resolve("aws"), place));
  }

  /// Where that is.
  public AwsPlace place() {
    return place;
  }

  /// Where its tables are.
  public URI dynamoDbEndpoint() {
    return dynamoDb;
  }

  /// What queues and tables are called there; the prefix is made now if there is none.
  public AwsNames names() {
    return new AwsNames(place, kept.value(), sqs, Map.of());
  }

  /// The tag of what is made there.
  public Map<String, String> tags() {
    return Map.of(TAG, kept.value());
  }

  /// A client of the queues.
  public AwsJson sqs() {
    return AwsJson.sqs(sqs, login);
  }

  /// A client of the tables.
  public AwsJson dynamoDb() {
    return AwsJson.dynamoDb(dynamoDb, login);
  }

  /// What requests are signed with now.
  AwsCredentials credentials() throws IOException {
    return login.credentials();
  }

  /// Deletes what was made there for the data directory; what is made next has another prefix,
  /// since SQS gives a deleted queue's name to nobody for a minute.
  ///
  /// @return the names of what is gone
  /// @throws RunnerException when AWS does not allow it; asked again, it goes on where it stopped
  public List<String> delete() {
    if (!kept.isThere()) {
      return List.of();
    }
    List<String> deleted = new ArrayList<>();
    try (AwsJson queues = sqs();
        AwsJson tables = dynamoDb()) {
      deleteQueues(queues, deleted);
      deleteTables(tables, deleted);
    } catch (IOException e) {
      throw new RunnerException(
          "cannot delete what is called %s… in account %s, %s: %s"
              .formatted(kept.value(), place.account(), place.region(), AwsJson.reason(e)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunnerException("interrupted while queues and tables were deleted", e);
    }
    kept.forget();
    return deleted;
  }

  private void deleteQueues(AwsJson sqs, List<String> deleted)
      throws IOException, InterruptedException {
    List<String> urls = new ArrayList<>();
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("QueueNamePrefix", kept.value());
    page.put("MaxResults", 1000);
    boolean more = true;
    while (more) {
      JsonNode answer = sqs.call("ListQueues", page);
      answer.path("QueueUrls").forEach(url -> urls.add(url.asText()));
      more = answer.hasNonNull("NextToken");
      page.put("NextToken", answer.path("NextToken").asText());
    }
    for (String url : urls) {
      String name = url.substring(url.lastIndexOf('/') + 1);
      JsonNode tags = sqs.call("ListQueueTags", Map.of("QueueUrl", url)).path("Tags");
      if (name.startsWith(kept.value()) && tags.path(TAG).asText().equals(kept.value())) {
        sqs.call("DeleteQueue", Map.of("QueueUrl", url));
        deleted.add(name);
      }
    }
  }

  private void deleteTables(AwsJson dynamoDb, List<String> deleted)
      throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    Map<String, Object> page = new LinkedHashMap<>();
    boolean more = true;
    while (more) {
      JsonNode answer = dynamoDb.call("ListTables", page);
      answer.path("TableNames").forEach(name -> names.add(name.asText()));
      more = answer.hasNonNull("LastEvaluatedTableName");
      page.put("ExclusiveStartTableName", answer.path("LastEvaluatedTableName").asText());
    }
    names.removeIf(name -> !name.startsWith(kept.value()));
    for (String name : names) {
      String arn = place.arn("dynamodb", "table/" + name);
      for (JsonNode tag :
          dynamoDb.call("ListTagsOfResource", Map.of("ResourceArn", arn)).path("Tags")) {
        if (tag.path("Key").asText().equals(TAG)
            && tag.path("Value").asText().equals(kept.value())) {
          dynamoDb.call("DeleteTable", Map.of("TableName", name));
          deleted.add(name);
        }
      }
    }
  }
}
