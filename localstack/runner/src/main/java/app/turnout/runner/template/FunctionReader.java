package app.turnout.runner.template;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads functions with their globals and events.
final class FunctionReader {
  private static final int DEFAULT_CONCURRENCY = 5;

  private final Map<String, @Nullable Object> globals;
  private final Resolution resolution;

  FunctionReader(Map<String, @Nullable Object> globals, Resolution resolution) {
    this.globals = globals;
    this.resolution = resolution;
  }

  FunctionSpec read(TemplateResource resource) {
    Map<String, @Nullable Object> merged = new LinkedHashMap<>(globals);
    merged.putAll(resource.properties());
    PropertyReader properties = new PropertyReader(resource.id(), merged, resolution);
    List<RouteSpec> routes = new ArrayList<>();
    List<QueueSourceSpec> sources = new ArrayList<>();
    List<ScheduleSpec> schedules = new ArrayList<>();
    for (PropertyReader event : properties.sections("Events")) {
      PropertyReader details = event.section("Properties");
      switch (event.requiredText("Type")) {
        case "HttpApi" -> routes.add(route(resource.id(), details));
        case "SQS" -> add(sources, source(details));
        case "Schedule" -> add(schedules, rule(resource.id(), event.id(), details));
        case "ScheduleV2" -> add(schedules, scheduler(resource.id(), event.id(), details));
        case String other ->
            throw properties.failure("events of type " + other + " are not played by the runner");
      }
    }
    return new FunctionSpec(
        resource.id(),
        properties.requiredText("CodeUri"),
        properties.requiredText("Handler"),
        Duration.ofSeconds(properties.integer("Timeout", 3)),
        properties.integer("MemorySize", 128),
        properties.text("ReservedConcurrentExecutions").map(Integer::valueOf),
        environment(resource, properties),
        routes,
        sources,
        schedules);
  }

  private static <T> void add(List<T> list, @Nullable T item) {
    if (item != null) {
      list.add(item);
    }
  }

  private Map<String, String> environment(TemplateResource resource, PropertyReader properties) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (Object source :
        new @Nullable Object[] {
          globals.get("Environment"), resource.properties().get("Environment")
        }) {
      Template.section(Template.section(source).get("Variables"))
          .forEach(
              (name, value) -> {
                // AWS::NoValue is no variable at all.
                if (resolution.resolve(value) != null) {
                  environment.put(name, resolution.text(value));
                }
              });
    }
    if (environment.values().stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
      throw properties.failure("an environment variable has a null character");
    }
    return environment;
  }

  private static RouteSpec route(String function, PropertyReader event) {
    String path = event.text("Path").orElse("$default");
    String method = event.text("Method").orElse("ANY").toUpperCase(Locale.ROOT);
    return new RouteSpec(
        method.equals("*") || method.equals("X-AMAZON-APIGATEWAY-ANY-METHOD") ? "ANY" : method,
        path,
        function);
  }

  private static @Nullable QueueSourceSpec source(PropertyReader event) {
    if (!event.truth("Enabled", true)) {
      return null;
    }
    int batchSize = event.integer("BatchSize", 10);
    int window = event.integer("MaximumBatchingWindowInSeconds", 0);
    String queue = event.requiredText("Queue");
    if (QueueSpec.isFifo(queue) && (batchSize > 10 || window > 0)) {
      throw event.failure("batches of a FIFO queue have ten messages at most, and no window");
    }
    if (batchSize > 10 && window < 1) {
      throw event.failure("a batch of more than ten messages needs a window of a second or more");
    }
    return new QueueSourceSpec(
        queue,
        batchSize,
        Duration.ofSeconds(window),
        event.texts("FunctionResponseTypes").contains("ReportBatchItemFailures"),
        Math.min(
            DEFAULT_CONCURRENCY,
            event.section("ScalingConfig").integer("MaximumConcurrency", DEFAULT_CONCURRENCY)));
  }

  private static @Nullable ScheduleSpec rule(String function, String name, PropertyReader event) {
    if (!event.truth("Enabled", true) || event.text("State").orElse("").equals("DISABLED")) {
      return null;
    }
    return new ScheduleSpec(
        function + name,
        event.requiredText("Schedule"),
        ZoneOffset.UTC,
        event.text("Input"),
        ScheduleSpec.Kind.RULE);
  }

  private static @Nullable ScheduleSpec scheduler(
      String function, String name, PropertyReader event) {
    if (event.text("State").orElse("").equals("DISABLED")) {
      return null;
    }
    try {
      return new ScheduleSpec(
          function + name,
          event.requiredText("ScheduleExpression"),
          ZoneId.of(event.text("ScheduleExpressionTimezone").orElse("UTC")),
          event.text("Input"),
          ScheduleSpec.Kind.SCHEDULER);
    } catch (DateTimeException e) {
      throw event.failure("there is no such time zone");
    }
  }
}
