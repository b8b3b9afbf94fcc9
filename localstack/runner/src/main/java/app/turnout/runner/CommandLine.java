package app.turnout.runner;

import app.turnout.runner.demo.Demo;
import app.turnout.runner.function.Execution;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the user typed.
///
/// @param demo whether the recorded ride is to be played
/// @param stores whether the stores are all that is to be started
/// @param remove whether nothing is to be started, and what AWS has of it deleted
/// @param listen where containers are let in to them, unless it is Docker's bridge
record CommandLine(
    boolean help,
    boolean demo,
    boolean stores,
    boolean remove,
    Optional<String> listen,
    RunnerOptions options) {
  /// Where `sam local start-api` listens.
  private static final int SAM_PORT = 3000;

  static final String HELP =
      """
      localstack/up starts Turnout on this machine, from template.yaml. Ctrl-C ends it.

        --port N         where the front listens (8080)
        --fresh          forget what the stores keep
        --clock INSTANT  start the product's time there, such as 2019-02-18T07:30:00Z
        --speed N        let the product's time run N times as fast
        --demo           play a recorded bus ride to an event, and thirty people on their way to
                         another; print what their organiser sees, and where it is seen live; at
                         the ride's own time, thirty times as fast, unless told otherwise
        --stores         start only PostgreSQL, SQS, DynamoDB and the mailbox, where containers reach
                         them, for functions that sam runs; --port is then that of sam's API (3000)
        --listen ADDRESS the address at which containers are let in (that of Docker's bridge)
        --parameter NAME=VALUE
                         gives a parameter of template.yaml another value than its default
        --watch          load functions again whose classes changed: mvn compile is enough
        --instances N    start up to N instances of a function, one call at a time each, as Lambda
        --isolate        start a process for each instance, with the template's memory
        --profile        tell what each call takes, cold or warm, and all of them at the end
        --data DIR       keep data there (.turnout in the checkout)
        --aws-endpoint URL
                         use the SQS and the DynamoDB there, such as LocalStack's at
                         http://localhost:4566, in place of those that are started here
        --aws-endpoint aws
                         use those of AWS itself, in the account and region that AWS's own tools
                         would use: AWS_PROFILE, AWS_REGION and the like, or ~/.aws
        --remove         delete what --aws-endpoint aws has made there for the data directory, and
                         end
        --database URL   use the PostgreSQL there, postgresql://USER:PASSWORD@HOST:PORT/DATABASE;
                         the user may create roles and databases
        --router [MODE=]URL
                         ask the OSRM server there for arrival times by car, or by MODE: car,
                         bicycle or foot; may be given for each
        --help           show this

      --clock and --speed have stores of their own, which are fresh at each start. Stores elsewhere
      are given what template.yaml has, and are never emptied; in an account of AWS, --fresh and
      --remove delete what was made for the same data directory, and nothing else.
      """;

  /// @param checkout the directory of `template.yaml`
  /// @throws RunnerException with one line about what is not understood
  static CommandLine parse(List<String> arguments, Path checkout) {
    Parser parser = new Parser(new ArrayDeque<>(arguments));
    parser.parse();
    RunnerOptions options = parser.options(checkout);
    return new CommandLine(
        parser.help,
        parser.demo,
        parser.stores,
        parser.remove,
        Optional.ofNullable(parser.listen),
        options);
  }

  private static final class Parser {
    private static final Pattern ROUTER = Pattern.compile("(?:(car|bicycle|foot)=)?(https?:.*)");

    private static final Pattern AWS_HOST = Pattern.compile("\\.amazonaws\\.com(\\.cn)?$|\\.aws$");

    private final Deque<String> rest;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private boolean help;
    private boolean demo;
    private boolean fresh;
    private boolean stores;
    private boolean remove;
    private @Nullable String listen;
    private @Nullable Integer port;
    private @Nullable Integer instances;
    private boolean isolate;
    private boolean watch;
    private boolean profile;
    private @Nullable Path data;
    private @Nullable Instant clock;
    private @Nullable Double speed;
    private @Nullable OtherAws aws;
    private @Nullable DatabaseAddress database;

    Parser(Deque<String> arguments) {
      this.rest = arguments;
    }

    void parse() {
      while (!rest.isEmpty()) {
        String option = rest.pop();
        int equals = option.indexOf('=');
        if (option.startsWith("--") && equals > 0) {
          rest.push(option.substring(equals + 1));
          option = option.substring(0, equals);
        }
        switch (option) {
          case "--help", "-h" -> help = true;
          case "--fresh" -> fresh = true;
          case "--demo" -> demo = true;
          case "--stores" -> stores = true;
          case "--remove" -> remove = true;
          case "--listen" -> listen = value(option);
          case "--watch" -> watch = true;
          case "--instances" -> instances = wholeNumber(option);
          case "--isolate" -> isolate = true;
          case "--profile" -> profile = true;
          case "--port" -> port = wholeNumber(option);
          case "--speed" -> speed = number(option);
          case "--clock" -> clock = instant(option);
          case "--parameter" -> parameter(option);
          case "--data" -> data = Path.of(value(option));
          case "--aws-endpoint" -> aws = aws(option, value(option));
          case "--database" -> database = DatabaseAddress.parse(value(option));
          case "--router" -> router(option);
          default ->
              throw new RunnerException("there is no option " + option + "; --help shows them");
        }
      }
    }

    private String value(String option) {
      if (rest.isEmpty()) {
        throw new RunnerException(option + " needs a value; --help shows how");
      }
      return rest.pop();
    }

    private void parameter(String option) {
      String value = value(option);
      int equals = value.indexOf('=');
      if (equals < 1) {
        throw new RunnerException(option + " needs NAME=VALUE, not " + value);
      }
      parameters.put(value.substring(0, equals), value.substring(equals + 1));
    }

    private void router(String option) {
      String value = value(option);
      Matcher router = ROUTER.matcher(value);
      if (!router.matches()) {
        throw new RunnerException(
            option + " needs URL, car=URL, bicycle=URL or foot=URL, not " + value);
      }
      String parameter =
          switch (Objects.requireNonNullElse(router.group(1), "car")) {
            case "bicycle" -> "OsrmBicycleUrl";
            case "foot" -> "OsrmFootUrl";
            default -> "OsrmCarUrl";
          };
      parameters.put(parameter, url(option, router.group(2)).toString());
    }

    private static OtherAws aws(String option, String value) {
      if (value.equals("aws")) {
        return new OtherAws.Itself();
      }
      URI endpoint = url(option, value);
      if (AWS_HOST.matcher(endpoint.getHost()).find()) {
        throw new RunnerException(
            option
                + " needs aws for AWS itself, whose services each have an address, not "
                + value);
      }
      return new OtherAws.Emulator(endpoint);
    }

    private static URI url(String option, String value) {
      try {
        URI uri = URI.create(value.replaceAll("/+$", ""));
        if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
            && uri.getHost() != null) {
          return uri;
        }
      } catch (IllegalArgumentException e) {
        throw new RunnerException(option + " needs an address of http or https, not " + value, e);
      }
      throw new RunnerException(option + " needs an address of http or https, not " + value);
    }

    private int wholeNumber(String option) {
      String value = value(option);
      try {
        return Integer.parseInt(value);
      } catch (NumberFormatException e) {
        throw new RunnerException(option + " needs a whole number, not " + value, e);
      }
    }

    private Double number(String option) {
      String value = value(option);
      try {
        return Double.valueOf(value);
      } catch (NumberFormatException e) {
        throw new RunnerException(option + " needs a number, not " + value, e);
      }
    }

    private Instant instant(String option) {
      String value = value(option);
      try {
        return Instant.parse(value);
      } catch (DateTimeException e) {
        throw new RunnerException(
            option + " needs a time such as 2019-02-18T07:30:00Z, not " + value, e);
      }
    }

    RunnerOptions options(Path checkout) {
      if (stores && (demo || clock != null || speed != null)) {
        throw new RunnerException("--stores has no clock to set and nothing to demonstrate");
      }
      if (stores && (aws != null || database != null)) {
        throw new RunnerException(
            "--stores starts stores: leave out --aws-endpoint and --database");
      }
      if (listen != null && !stores) {
        throw new RunnerException("--listen is of use with --stores only");
      }
      if (remove && !(aws instanceof OtherAws.Itself)) {
        throw new RunnerException("--remove is of use with --aws-endpoint aws only");
      }
      if (demo && clock == null) {
        clock = Demo.START;
      }
      if (demo && speed == null) {
        speed = Demo.SPEED;
      }
      boolean setsClock = clock != null || speed != null;
      Path kept = checkout.resolve(".turnout");
      Path directory = data != null ? data : setsClock ? kept.resolve("clock") : kept;
      return new RunnerOptions(
          checkout.resolve("template.yaml"),
          directory,
          port != null ? port : stores ? SAM_PORT : RunnerOptions.DEFAULT_PORT,
          fresh || setsClock,
          Optional.ofNullable(clock),
          Optional.ofNullable(speed),
          parameters,
          false,
          new Elsewhere(Optional.ofNullable(aws), Optional.ofNullable(database)),
          new Execution(Optional.ofNullable(instances), isolate, watch, profile));
    }
  }
}
