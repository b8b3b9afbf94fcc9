package app.turnout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.runner.aws.AwsNames;
import app.turnout.runner.fixture.Deployment;
import app.turnout.runner.template.Template;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalResourcesTest {
  @TempDir private Path directory;

  @Test
  void addressesOfApisAreThoseOfTheFront() throws IOException {
    Path file =
        new Deployment(directory)
            .template(
                """
                Resources:
                  Api: { Type: AWS::Serverless::HttpApi }
                  Live:
                    Type: AWS::ApiGatewayV2::Api
                    Properties: { ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action }
                  LiveStage:
                    Type: AWS::ApiGatewayV2::Stage
                    Properties: { ApiId: !Ref Live, StageName: talk, AutoDeploy: true }
                  Talk:
                    Type: AWS::Serverless::Function
                    Properties:
                      CodeUri: code/
                      Handler: any.Handler
                      Environment:
                        Variables:
                          SUB: !Sub wss://${Live}.execute-api.${AWS::Region}.${AWS::URLSuffix}/${LiveStage}
                          JOIN: !Join ['', ['wss://', !Ref Live, .execute-api., !Ref AWS::Region, .amazonaws.com]]
                          GETATT: !Sub ${Live.ApiEndpoint}/${LiveStage}
                          MANAGEMENT: !Sub https://${Live}.execute-api.${AWS::Region}.amazonaws.com/${LiveStage}
                          HTTP: !GetAtt Api.ApiEndpoint
                          OTHER: !Sub https://sqs.${AWS::Region}.amazonaws.com
                          NO_API: !Sub https://${Live}.execute-api.${AWS::Region}.amazonaws.com.example
                """);
    LocalResources resources =
        new LocalResources(
            URI.create("http://127.0.0.1:8080"),
            AwsNames.local(URI.create("http://127.0.0.1:9324")),
            "127.0.0.1",
            15432,
            new SecretStore(directory.resolve("secrets")));

    Template template = Template.read(file, Map.of(), resources);

    assertThat(template.function("Talk").environment())
        .containsEntry("SUB", "ws://127.0.0.1:8080/talk")
        .containsEntry("JOIN", "ws://127.0.0.1:8080")
        .containsEntry("GETATT", "ws://127.0.0.1:8080/talk")
        .containsEntry("MANAGEMENT", "http://127.0.0.1:8080/talk")
        .containsEntry("HTTP", "http://127.0.0.1:8080")
        .containsEntry("OTHER", "https://sqs.eu-central-1.amazonaws.com")
        .containsEntry("NO_API", "https://Live.execute-api.eu-central-1.amazonaws.com.example");
  }
}
