package app.turnout.runner;

import app.turnout.runner.aws.AwsAccount;
import app.turnout.runner.aws.CredentialsEndpoint;
import app.turnout.stores.LocalAws;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/// How functions reach queues and tables.
///
/// @param properties in Micronaut's names, kept in files
/// @param variables that a process of a function's own has beside, kept nowhere
record FunctionAws(Map<String, String> properties, Map<String, String> variables) {
  /// Where nobody looks at a login.
  static FunctionAws local(URI sqs, URI dynamoDb) {
    Map<String, String> properties = endpoints(LocalAws.REGION, sqs, dynamoDb);
    properties.put("aws.access-key-id", "local");
    properties.put("aws.secret-access-key", "local");
    return new FunctionAws(properties, Map.of("AWS_DEFAULT_REGION", LocalAws.REGION));
  }

  /// In an account of AWS. Functions find the login by the SDK's own chain; where that does not
  /// know the kind of login that the runner has, the endpoint gives it to them.
  static FunctionAws of(AwsAccount account, CredentialsEndpoint credentials) {
    Map<String, String> variables = new LinkedHashMap<>(credentials.variables());
    variables.put("AWS_DEFAULT_REGION", account.place().region());
    return new FunctionAws(
        endpoints(account.place().region(), account.names().sqs(), account.dynamoDbEndpoint()),
        variables);
  }

  private static Map<String, String> endpoints(String region, URI sqs, URI dynamoDb) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("aws.region", region);
    properties.put("aws.services.sqs.endpoint-override", sqs.toString());
    properties.put("aws.services.dynamodb.endpoint-override", dynamoDb.toString());
    return properties;
  }
}
