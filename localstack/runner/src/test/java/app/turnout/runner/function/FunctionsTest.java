package app.turnout.runner.function;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.runner.fixture.Deployment;
import app.turnout.runner.fixture.FixtureValues;
import app.turnout.runner.template.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionsTest {
  @TempDir private Path directory;

  @Test
  void aFunctionThatCouldNotBeLoadedIsTriedAgain() throws IOException {
    try (Functions functions = functions("AnswerFunction")) {
      assertThat(functions.call("One", bytes("{}")))
          .isInstanceOfSatisfying(
              Outcome.Failed.class, failed -> assertThat(failed.reason()).contains("is it built?"));

      new Deployment(directory).code("code");

      assertThat(functions.call("One", bytes("{}"))).isInstanceOf(Outcome.Answered.class);
    }
  }

  @Test
  void whoTakesTooLongIsInterrupted() throws IOException {
    new Deployment(directory).code("code");
    try (Functions functions = functions("AnswerFunction")) {
      assertThat(functions.call("One", bytes("{\"body\":\"sleep 60000\"}")))
          .isInstanceOfSatisfying(
              Outcome.TimedOut.class,
              late -> assertThat(late.reason()).endsWith("Task timed out after 1.00 seconds"));
    }
  }

  @Test
  void anEventOfMoreThanSixMegabytesIsNotGivenToTheFunction() throws IOException {
    try (Functions functions = functions("AnswerFunction")) {
      assertThat(functions.call("One", new byte[6 * 1024 * 1024 + 1]))
          .isInstanceOf(Outcome.TooLarge.class);
    }
  }

  @Test
  void aClassThatHandlesNothingIsSaidSo() throws IOException {
    new Deployment(directory).code("code");
    try (Functions functions = functions("Await")) {
      assertThat(functions.call("One", bytes("{}"))).isInstanceOf(Outcome.Failed.class);
    }
  }

  @Test
  void typesAreFoundWhereverTheyAreWritten() {
    assertThat(HandlerTypes.of(Inherited.class))
        .isEqualTo(new HandlerTypes(String.class, Long.class));
    assertThat(HandlerTypes.of(Raw.class)).isEqualTo(new HandlerTypes(Object.class, Object.class));
  }

  @Test
  void variablesStandInAllSpellingsButThatOfADataSource() {
    String properties =
        FunctionConfiguration.of(
            Map.of("TURNOUT_PUBLIC_URL", "a=b\\c", "DATASOURCES_DEFAULT_MAX_SIZE", "8"),
            Map.of("turnout.clock.speed", "60.0"));

    assertThat(properties.lines())
        .containsExactly(
            "datasources.default.max-size=8",
            "datasources.default.max.size=8",
            "turnout-public-url=a\\=b\\\\c",
            "turnout-public.url=a\\=b\\\\c",
            "turnout.clock.speed=60.0",
            "turnout.public-url=a\\=b\\\\c",
            "turnout.public.url=a\\=b\\\\c");
  }

  @Test
  void eachFunctionReadsTheTimesOfItsOwnEvents() throws IOException {
    new Deployment(directory).code("code");
    byte[] event = bytes("{\"time\": \"2019-02-18T08:00:45Z\"}");
    try (Functions functions = functions("AnswerFunction", "TimeFunction", "TimeFunction")) {
      functions.call("One", bytes("{}"));

      for (String function : List.of("Two", "Three")) {
        assertThat(functions.call(function, event))
            .isInstanceOfSatisfying(
                Outcome.Answered.class,
                answer ->
                    assertThat(new String(answer.payload(), StandardCharsets.UTF_8))
                        .isEqualTo("\"2019-02-18T08:00:45.000Z\""));
      }
    }
  }

  private Functions functions(String... handlers) throws IOException {
    List<String> names = List.of("One", "Two", "Three");
    StringBuilder resources = new StringBuilder("Resources:\n");
    for (int i = 0; i < handlers.length; i++) {
      resources.append(
          """
            %s:
              Type: AWS::Serverless::Function
              Properties:
                CodeUri: code/
                Handler: app.turnout.runner.fixture.%s
                Timeout: 1
          """
              .formatted(names.get(i), handlers[i]));
    }
    Path file = new Deployment(directory).template(resources.toString());
    Template template = Template.read(file, Map.of(), FixtureValues.NONE);
    return new Functions(template.functions(), directory, directory.resolve("configuration"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private abstract static class Base<O, I>
      implements com.amazonaws.services.lambda.runtime.RequestHandler<I, O> {}

  private abstract static class Inherited extends Base<Long, String> {}

  @SuppressWarnings("rawtypes") // That it is raw is the point.
  private abstract static class Raw
      implements com.amazonaws.services.lambda.runtime.RequestHandler {}
}
