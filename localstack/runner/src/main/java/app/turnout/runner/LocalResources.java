package app.turnout.runner;

import app.turnout.runner.aws.AwsNames;
import app.turnout.runner.aws.AwsPlace;
import app.turnout.runner.template.DatabaseSpec;
import app.turnout.runner.template.QueueSpec;
import app.turnout.runner.template.ResourceValues;
import app.turnout.runner.template.TemplateResource;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `!Ref` and `!GetAtt` give on this machine.
///
/// @param front where the APIs are
/// @param aws what queues and tables are called
record LocalResources(
    URI front, AwsNames aws, String databaseHost, int databasePort, SecretStore secrets)
    implements ResourceValues {
  private static final Pattern API_ADDRESS =
      Pattern.compile("^(https|wss)://\\w+\\.execute-api\\.[a-z0-9-]+\\.amazonaws\\.com(?=$|/)");

  @Override
  public @Nullable String ref(TemplateResource resource) {
    return switch (resource.type()) {
      case "AWS::SQS::Queue" -> aws.queueUrl(queueName(resource));
      case "AWS::DynamoDB::Table" -> tableName(resource);
      case "AWS::SecretsManager::Secret" -> secrets.value(resource);
      default -> null;
    };
  }

  @Override
  public @Nullable String attribute(TemplateResource resource, String attribute) {
    return switch (resource.type() + " " + attribute) {
      case "AWS::SQS::Queue Arn" -> place().arn("sqs", queueName(resource));
      case "AWS::SQS::Queue QueueUrl" -> aws.queueUrl(queueName(resource));
      case "AWS::SQS::Queue QueueName" -> queueName(resource);
      case "AWS::DynamoDB::Table Arn" -> place().arn("dynamodb", "table/" + tableName(resource));
      case "AWS::Serverless::HttpApi ApiEndpoint" -> front.toString();
      case "AWS::ApiGatewayV2::Api ApiEndpoint" -> "ws://" + front.getAuthority();
      case "AWS::RDS::DBInstance Endpoint.Address", "AWS::RDS::DBProxy Endpoint" -> databaseHost;
      case "AWS::RDS::DBInstance Endpoint.Port" -> Integer.toString(databasePort);
      case "AWS::RDS::DBInstance MasterUserSecret.SecretArn" -> masterLogin(resource);
      case "AWS::SecretsManager::Secret Id" -> secrets.value(resource);
      default -> null;
    };
  }

  /// All APIs are at the front, without TLS.
  @Override
  public String local(String text) {
    Matcher address = API_ADDRESS.matcher(text);
    return address.find()
        ? (address.group(1).equals("wss") ? "ws://" : "http://")
            + front.getAuthority()
            + text.substring(address.end())
        : text;
  }

  @Override
  public AwsPlace place() {
    return aws.place();
  }

  @Override
  public String name(String own) {
    return aws.name(own);
  }

  /// The same where SQS has told its queues' URLs.
  LocalResources with(Map<String, String> queueUrls) {
    return new LocalResources(front, aws.with(queueUrls), databaseHost, databasePort, secrets);
  }

  private String queueName(TemplateResource queue) {
    return aws.name(QueueSpec.name(queue));
  }

  private String tableName(TemplateResource table) {
    return aws.name(name(table, "TableName"));
  }

  /// The password in the login that RDS would keep for the database's owner.
  String ownerPassword(DatabaseSpec database) {
    return secrets.password(database.id(), database.owner());
  }

  private String masterLogin(TemplateResource database) {
    return secrets.login(database.id(), name(database, "MasterUsername"));
  }

  private static String name(TemplateResource resource, String property) {
    return resource.properties().get(property) instanceof String name ? name : resource.id();
  }
}
