package app.turnout.runner.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.runner.RunnerException;
import app.turnout.runner.fixture.Deployment;
import app.turnout.runner.fixture.FixtureValues;
import app.turnout.runner.fixture.Gate;
import app.turnout.runner.template.FunctionSpec;
import app.turnout.runner.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LONG = Duration.ofSeconds(60);

  private static final Execution ISOLATED = new Execution(Optional.of(2), true, false, true);
  private static final String MEMORY_AND_VARIABLE =
      "{MemorySize: 192, Environment: {Variables: {TURNOUT_COLOUR: green}}}";

  @TempDir private Path directory;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private Gate gate = Gate.shut();

  @BeforeEach
  void layOut() throws IOException {
    new Deployment(directory).code("code");
    gate = Gate.shut();
  }

  @AfterEach
  void open() {
    gate.close();
  }

  @Test
  void anInstanceServesOneCallAtATimeAndWhatIsTooMuchIsThrottled() throws Exception {
    try (Functions functions = functions(instances(2), 60, "{}")) {
      CompletableFuture<JsonNode> one = later(functions, "wait");
      CompletableFuture<JsonNode> two = later(functions, "wait");
      gate.arrived().acquire(2);

      assertThat(functions.call("Gate", bytes("{}"))).isInstanceOf(Outcome.Throttled.class);

      gate.open();
      assertThat(one.get().path("instance").asText())
          .isNotEqualTo(two.get().path("instance").asText());
      assertThat(call(functions, "").path("calls").asInt()).isEqualTo(2);
    }
  }

  @Test
  void whoCanWaitIsCalledWhenAnInstanceIsFree() throws Exception {
    try (Functions functions = functions(instances(1), 60, "{}")) {
      CompletableFuture<JsonNode> first = later(functions, "wait");
      gate.arrived().acquire();
      CompletableFuture<Outcome> second =
          CompletableFuture.supplyAsync(() -> functions.callWhenFree("Gate", bytes("{}"), LONG));

      gate.open();

      assertThat(second.get()).isInstanceOf(Outcome.Answered.class);
      assertThat(first.get().path("calls").asInt()).isEqualTo(1);
    }
  }

  @Test
  void thereAreNoMoreInstancesThanTheTemplateReserves() throws Exception {
    try (Functions functions = functions(instances(5), 60, "{ReservedConcurrentExecutions: 1}")) {
      CompletableFuture<JsonNode> one = later(functions, "wait");
      gate.arrived().acquire();

      assertThat(functions.call("Gate", bytes("{}"))).isInstanceOf(Outcome.Throttled.class);

      gate.open();
      assertThat(one.get().path("calls").asInt()).isEqualTo(1);
    }
  }

  @Test
  void anInstanceThatHangsIsThrownAwayAndTheNextCallHasANewOne() throws Exception {
    for (Execution execution : List.of(Execution.SHARED, instances(1))) {
      try (Gate own = Gate.shut();
          Functions functions = functions(execution, 1, "{}")) {
        String first = call(functions, "").path("instance").asText();

        Outcome outcome = functions.call("Gate", bytes("{\"action\": \"hang\"}"));

        assertThat(outcome)
            .isInstanceOfSatisfying(
                Outcome.TimedOut.class,
                late -> assertThat(late.reason()).endsWith("Task timed out after 1.00 seconds"));
        // What the function held is closed, although one of its threads still hangs.
        own.closed().acquire();
        JsonNode next = call(functions, "");
        assertThat(next.path("instance").asText()).isNotEqualTo(first);
        assertThat(next.path("calls").asInt()).isEqualTo(1);
      }
    }
  }

  @Test
  void othersMayEndTheirCallsOnAnInstanceThatIsThrownAway() throws Exception {
    try (Functions functions = functions(Execution.SHARED, 60, "{}")) {
      CompletableFuture<JsonNode> running = later(functions, "wait");
      gate.arrived().acquire();

      assertThat(functions.reload("Gate")).isTrue();

      assertThat(call(functions, "").path("calls").asInt()).isEqualTo(1);
      assertThat(gate.closed().tryAcquire()).isFalse();
      gate.open();
      assertThat(running.get().path("calls").asInt()).isEqualTo(1);
      gate.closed().acquire();
    }
  }

  @Test
  void fiftyReloadsLeaveNothingBehind() throws Exception {
    Execution watching = new Execution(Optional.empty(), false, true, false);
    try (Functions functions = functions(watching, 60, "{}")) {
      reload(functions, 5);
      long before = metaspace();

      reload(functions, 50);

      assertThat(gate.countLoaders()).isLessThanOrEqualTo(2);
      assertThat(metaspace() - before).isLessThan(2 * 1024 * 1024);
    }
  }

  private void reload(Functions functions, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      call(functions, "");
      assertThat(functions.reload("Gate")).isTrue();
      gate.closed().acquire();
    }
    for (int i = 0; i < 50 && gate.countLoaders() > 1; i++) {
      System.gc();
    }
  }

  private static long metaspace() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .mapToLong(pool -> pool.getUsage().getUsed())
        .sum();
  }

  @Test
  void changedCodeIsLoadedAtTheNextCallOnceItStopsChanging() throws Exception {
    CodePath code = new CodePath(directory.resolve("code"), Optional.of(Modules.of(directory)));
    List<String> reloaded = new CopyOnWriteArrayList<>();
    try (Watch watch = new Watch(Map.of("Gate", code), reloaded::add, told::add)) {
      watch.look();
      assertThat(reloaded).isEmpty();

      Path jar = directory.resolve("code/lib/functions.jar");
      Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
      watch.look();
      assertThat(reloaded).isEmpty();
      Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2030-01-01T00:00:01Z")));
      watch.look();
      assertThat(reloaded).isEmpty();
      watch.look();
      watch.look();

      assertThat(reloaded).containsExactly("Gate");
      assertThat(told).containsExactly("Gate has changed, and starts anew at its next call");
    }
  }

  @Test
  void whatIsBeingBuiltIsWaitedFor() throws Exception {
    CodePath code = new CodePath(directory.resolve("code"), Optional.of(Modules.of(directory)));
    List<String> reloaded = new CopyOnWriteArrayList<>();
    try (Watch watch = new Watch(Map.of("Gate", code), reloaded::add, told::add)) {
      Path lib = directory.resolve("code/lib");
      Files.move(lib, directory.resolve("aside"));
      watch.look();
      watch.look();
      Files.move(directory.resolve("aside"), lib);
      Files.writeString(lib.resolve("more.jar"), "");
      watch.look();
      assertThat(reloaded).isEmpty();

      watch.look();

      assertThat(reloaded).containsExactly("Gate");
    }
  }

  @Test
  void classesStandInForTheJarThatIsMadeOfThem() throws Exception {
    Path classes = Files.createDirectories(directory.resolve("functions/gate/target/classes"));
    Path note = classes.resolveSibling("maven-archiver").resolve("pom.properties");
    Files.createDirectories(note.getParent());
    Files.writeString(note, "artifactId=gate\ngroupId=app.turnout\nversion=1-SNAPSHOT\n");
    Path jar = directory.resolve("code/lib/gate-1-SNAPSHOT.jar");
    Files.writeString(jar, "");

    assertThat(
            new CodePath(directory.resolve("code"), Optional.of(Modules.of(directory))).entries())
        .contains(classes, directory.resolve("code/lib/functions.jar"))
        .doesNotContain(jar);
    assertThat(new CodePath(directory.resolve("code"), Optional.empty()).entries())
        .contains(jar)
        .doesNotContain(classes);
  }

  @Test
  void aProcessHasTheTemplatesMemoryAndVariablesAndIsCalledAgain() throws Exception {
    try (Functions functions = functions(ISOLATED, 30, MEMORY_AND_VARIABLE)) {
      JsonNode first = call(functions, "");
      JsonNode second = call(functions, "");

      assertThat(first.path("process").asLong()).isNotEqualTo(ProcessHandle.current().pid());
      assertThat(second.path("process")).isEqualTo(first.path("process"));
      assertThat(second.path("calls").asInt()).isEqualTo(2);
      assertThat(first.path("memory").asInt()).isEqualTo(192);
      assertThat(first.path("heap").asInt()).isBetween(150, 192 * 85 / 100);
      assertThat(first.path("variable").asText()).isEqualTo("green");
      assertThat(first.path("trace").asText())
          .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0")
          .isNotEqualTo(second.path("trace").asText());
      assertThat(told.getFirst()).matches("Gate: .* ms, cold after a start of .* of 192 MB");
    }
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aProcessThatEndsFailsItsCallAndTheNextOneHasANewOne() throws Exception {
    try (Functions functions = functions(ISOLATED, 30, MEMORY_AND_VARIABLE)) {
      JsonNode first = call(functions, "");

      Outcome exited = functions.call("Gate", bytes("{\"action\": \"exit\"}"));
      JsonNode second = call(functions, "");
      Outcome full = functions.call("Gate", bytes("{\"action\": \"fill\"}"));
      JsonNode third = call(functions, "");
      assertThat(ProcessHandle.of(third.path("process").asLong()).orElseThrow().destroyForcibly())
          .isTrue();

      assertThat(exited).isEqualTo(new Outcome.Failed("Runtime exited with exit status 3"));
      assertThat(full)
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.reason()).startsWith("java.lang.OutOfMemoryError"));
      assertThat(List.of(first.path("process"), second.path("process"), third.path("process")))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aProcessThatHangsIsKilled() throws Exception {
    try (Functions functions = functions(ISOLATED, 1, MEMORY_AND_VARIABLE)) {
      long first = call(functions, "").path("process").asLong();

      Outcome outcome = functions.call("Gate", bytes("{\"action\": \"sleep\"}"));

      assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
      assertThat(call(functions, "").path("process").asLong()).isNotEqualTo(first);
      assertThat(ProcessHandle.of(first).map(ProcessHandle::onExit).map(CompletableFuture::join))
          .matches(ended -> ended.isEmpty() || !ended.get().isAlive());
    }
  }

  @Test
  void aProcessThatCannotMakeItsHandlerSaysWhy() throws Exception {
    try (Functions functions = functions(ISOLATED, 30, "NoSuchFunction", "{}")) {
      assertThat(functions.call("Gate", bytes("{}")))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.reason()).contains("NoSuchFunction"));
    }
  }

  @Test
  void aProfileTellsEachCallAndAllOfThem() throws Exception {
    Execution profiled = new Execution(Optional.of(1), false, false, true);
    try (Functions functions = functions(profiled, 1, "{}")) {
      call(functions, "");
      call(functions, "");
      functions.call("Gate", bytes("{\"action\": \"hang\"}"));
    }

    assertThat(told).hasSize(4);
    assertThat(told.get(0)).matches("Gate: [0-9.]+ ms, cold after a start of [0-9.]+ ms");
    assertThat(told.get(1)).matches("Gate: [0-9.]+ ms, warm");
    assertThat(told.get(2)).matches("Gate: [0-9.]+ ms, warm, timed out");
    assertThat(told.get(3).lines().skip(1).findFirst().orElseThrow())
        .matches("Gate +2( +[0-9.]+ ms){3} +1 +[0-9.]+ ms +1 +0");
  }

  @Test
  void noInstancesAreNoWayToRun() {
    assertThatThrownBy(() -> instances(0))
        .isInstanceOf(RunnerException.class)
        .hasMessage("a function has at least one instance");
  }

  private static Execution instances(int count) {
    return new Execution(Optional.of(count), false, false, false);
  }

  private Functions functions(Execution execution, int timeout, String properties)
      throws IOException {
    return functions(execution, timeout, "GateFunction", properties);
  }

  private Functions functions(Execution execution, int timeout, String type, String properties)
      throws IOException {
    Path file =
        new Deployment(directory)
            .template(
                """
                Resources:
                  Gate:
                    Type: AWS::Serverless::Function
                    Properties:
                      <<: %s
                      CodeUri: code/
                      Handler: app.turnout.runner.fixture.%s
                      Timeout: %d
                """
                    .formatted(properties, type, timeout));
    Template template = Template.read(file, Map.of(), FixtureValues.NONE);
    return new Functions(
        template.functions(),
        directory,
        directory.resolve("configuration"),
        execution,
        FunctionSpec::environment,
        told::add);
  }

  private static CompletableFuture<JsonNode> later(Functions functions, String what) {
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                answer.complete(call(functions, what));
              } catch (IOException | RuntimeException | AssertionError e) {
                answer.completeExceptionally(e);
              }
            });
    return answer;
  }

  private static JsonNode call(Functions functions, String what) throws IOException {
    Outcome outcome = functions.call("Gate", bytes("{\"action\": \"%s\"}".formatted(what)));
    assertThat(outcome).isInstanceOf(Outcome.Answered.class);
    return JSON.readTree(((Outcome.Answered) outcome).payload());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
