package app.turnout.runner.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.runner.fixture.FixtureValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebSocketReaderTest {
  private static final String TEMPLATE =
      """
      Resources:
        Talk:
          Type: AWS::Serverless::Function
          Properties: { CodeUri: code/, Handler: any.Handler, AutoPublishAlias: live }
        Permission:
          Type: AWS::Lambda::Permission
          Properties:
            Action: lambda:InvokeFunction
            FunctionName: !Ref Talk.Alias
            Principal: apigateway.amazonaws.com
        Live:
          Type: AWS::ApiGatewayV2::Api
          Properties:
            ProtocolType: WEBSOCKET
            RouteSelectionExpression: $request.body.to.action
        Deployment: { Type: AWS::ApiGatewayV2::Deployment, DependsOn: [Connect], Properties: { ApiId: !Ref Live } }
        Stage:
          Type: AWS::ApiGatewayV2::Stage
          Properties: { ApiId: !Ref Live, StageName: talk, DeploymentId: !Ref Deployment }
        Integration:
          Type: AWS::ApiGatewayV2::Integration
          Properties:
            ApiId: !Ref Live
            IntegrationType: AWS_PROXY
            IntegrationUri: !Sub arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Talk.Alias}/invocations
        Connect:
          Type: AWS::ApiGatewayV2::Route
          Properties: { ApiId: !Ref Live, RouteKey: $connect, AuthorizationType: NONE, Target: !Sub 'integrations/${Integration}' }
        Say:
          Type: AWS::ApiGatewayV2::Route
          Properties:
            ApiId: !Ref Live
            RouteKey: say
            RouteResponseSelectionExpression: $default
            Target: !Join [/, [integrations, !Ref Integration]]
        SayResponse:
          Type: AWS::ApiGatewayV2::RouteResponse
          Properties: { ApiId: !Ref Live, RouteId: !Ref Say, RouteResponseKey: $default }
      """;

  @TempDir private Path directory;

  @Test
  void theApiIsPutTogetherFromItsParts() throws IOException {
    WebSocketSpec api = read(TEMPLATE).webSocket().orElseThrow();

    assertThat(api.id()).isEqualTo("Live");
    assertThat(api.stage()).isEqualTo("talk");
    assertThat(api.selection()).isEqualTo(List.of("to", "action"));
    assertThat(api.routes())
        .isEqualTo(
            Map.of(
                "$connect", new WebSocketRouteSpec("$connect", "Talk", false),
                "say", new WebSocketRouteSpec("say", "Talk", true)));
  }

  @Test
  void aTemplateNeedsNone() throws IOException {
    assertThat(read("Resources: {}").webSocket()).isEmpty();
  }

  @Test
  void whatWouldNotWorkOrIsNotPlayedIsOneClearLine() throws IOException {
    assertRefused("ProtocolType: WEBSOCKET", "ProtocolType: HTTP", "Live: HTTP APIs are played as");
    assertRefused("$request.body.to.action", "$request.header.x", "Live: the route selection");
    assertRefused(
        "DeploymentId: !Ref Deployment", "AutoDeploy: false", "Stage: neither AutoDeploy");
    assertRefused("AWS_PROXY", "MOCK", "Integration: only AWS_PROXY to a function");
    assertRefused("${Talk.Alias}/inv", "${Talk.Arn}/inv", "no AWS::Lambda::Permission lets API");
    assertRefused("apigateway.amazonaws", "sns.amazonaws", "no AWS::Lambda::Permission lets API");
    assertRefused("AuthorizationType: NONE", "AuthorizationType: AWS_IAM", "Connect: authorizers");
    assertRefused("integrations/${Integration}", "integrations/${Say}", "Connect: no integration");
    assertRefused("RouteId: !Ref Say", "RouteId: !Ref Connect", "need each other");
    assertRefused("RouteKey: say", "RouteKey: $connect", "Say: there is another route $connect");
    assertRefused(
        "AWS::ApiGatewayV2::Deployment", "AWS::ApiGatewayV2::Stage", "Live: the runner plays a");
  }

  private void assertRefused(String written, String instead, String message) {
    assertThat(TEMPLATE).contains(written);
    assertThatThrownBy(() -> read(TEMPLATE.replace(written, instead)))
        .hasMessageStartingWith("template.yaml: ")
        .hasMessageContaining(message);
  }

  private Template read(String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve("template.yaml"), yaml);
    return Template.read(file, Map.of(), FixtureValues.NONE);
  }
}
