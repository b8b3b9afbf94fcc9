package app.turnout.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.runner.function.Execution;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  private static final Path CHECKOUT = Path.of("/checkout");

  @Test
  void withoutOptionsTheStoresKeepWhatTheyHave() {
    RunnerOptions options = parse().options();

    assertThat(options.template()).isEqualTo(CHECKOUT.resolve("template.yaml"));
    assertThat(options.data()).isEqualTo(CHECKOUT.resolve(".turnout"));
    assertThat(options.port()).isEqualTo(8080);
    assertThat(options.fresh()).isFalse();
    assertThat(options.setsClock()).isFalse();
  }

  @Test
  void aClockHasFreshStoresOfItsOwn() {
    RunnerOptions options =
        parse("--clock", "2019-02-18T07:30:00Z", "--speed=60", "--port", "0").options();

    assertThat(options.data()).isEqualTo(CHECKOUT.resolve(".turnout/clock"));
    assertThat(options.fresh()).isTrue();
    assertThat(options.clockStart()).hasValue(Instant.parse("2019-02-18T07:30:00Z"));
    assertThat(options.speed()).hasValue(60.0);
    assertThat(options.port()).isZero();
    assertThat(parse("--speed", "2").options().fresh()).isTrue();
  }

  @Test
  void dataMayBeElsewhere() {
    assertThat(parse("--fresh", "--data", "/elsewhere").options().data())
        .isEqualTo(Path.of("/elsewhere"));
    assertThat(parse("--help").help()).isTrue();
  }

  @Test
  void parametersOfTheTemplateMayBeGiven() {
    RunnerOptions options =
        parse("--parameter", "GoogleIssuer=http://a/?b=c", "--parameter=Stage=x").options();

    assertThat(options.parameters())
        .isEqualTo(Map.of("GoogleIssuer", "http://a/?b=c", "Stage", "x"));
  }

  @Test
  void storesAloneAreForFunctionsBehindAnotherFront() {
    CommandLine stores = parse("--stores", "--listen", "172.18.0.1");

    assertThat(stores.stores()).isTrue();
    assertThat(stores.listen()).hasValue("172.18.0.1");
    assertThat(stores.options().port()).isEqualTo(3000);
    assertThat(stores.options().data()).isEqualTo(CHECKOUT.resolve(".turnout"));
    assertThat(parse("--stores", "--port", "3001").options().port()).isEqualTo(3001);
    assertThatThrownBy(() -> parse("--stores", "--speed", "2"))
        .hasMessage("--stores has no clock to set and nothing to demonstrate");
    assertThatThrownBy(() -> parse("--stores", "--demo"))
        .hasMessage("--stores has no clock to set and nothing to demonstrate");
  }

  @Test
  void storesAndRoutersMayBeElsewhere() {
    RunnerOptions options =
        parse(
                "--aws-endpoint=http://localhost:4566/",
                "--database=postgresql://ada:p%40ss+word@db.example/turnout?sslmode=require",
                "--router",
                "http://localhost:5000",
                "--router=foot=http://localhost:5001/")
            .options();

    assertThat(options.elsewhere())
        .isEqualTo(
            new Elsewhere(
                Optional.of(new OtherAws.Emulator(URI.create("http://localhost:4566"))),
                Optional.of(
                    new DatabaseAddress(
                        "db.example", 5432, "turnout", "ada", "p@ss+word", "?sslmode=require"))));
    assertThat(options.parameters())
        .isEqualTo(
            Map.of("OsrmCarUrl", "http://localhost:5000", "OsrmFootUrl", "http://localhost:5001"));
    assertThat(
            DatabaseAddress.parse(
                "jdbc:postgresql://127.0.0.1:15432/turnout?user=postgres&password=x"))
        .isEqualTo(new DatabaseAddress("127.0.0.1", 15432, "turnout", "postgres", "x", ""));
  }

  @Test
  void queuesAndTablesMayBeAmazonsOwnAndAreItsToEmpty() {
    CommandLine kept = parse("--aws-endpoint", "aws");
    CommandLine fresh = parse("--aws-endpoint=aws", "--fresh", "--speed", "2");

    assertThat(kept.options().elsewhere())
        .isEqualTo(new Elsewhere(Optional.of(new OtherAws.Itself()), Optional.empty()));
    assertThat(kept.options().fresh()).isFalse();
    assertThat(kept.remove()).isFalse();
    assertThat(fresh.options().fresh()).isTrue();
    assertThat(parse("--aws-endpoint", "aws", "--remove").remove()).isTrue();
    assertThatThrownBy(() -> parse("--aws-endpoint", "http://localhost:4566", "--fresh"))
        .hasMessageStartingWith("--fresh, --clock, --speed and --demo need stores");
    assertThatThrownBy(() -> parse("--aws-endpoint", "http://localhost:4566", "--remove"))
        .hasMessage("--remove is of use with --aws-endpoint aws only");
  }

  @Test
  void functionsMayBeRunAsLambdaDoesOrAsADeveloperLikes() {
    assertThat(parse().options().execution()).isEqualTo(Execution.SHARED);
    assertThat(parse("--instances=3", "--profile").options().execution())
        .isEqualTo(new Execution(Optional.of(3), false, false, true));
    assertThat(parse("--watch", "--isolate").options().execution())
        .isEqualTo(new Execution(Optional.empty(), true, true, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--colour | there is no option --colour; --help shows them",
        "up | there is no option up; --help shows them",
        "--port | --port needs a value; --help shows how",
        "--parameter=Stage | --parameter needs NAME=VALUE, not Stage",
        "--port=x | --port needs a whole number, not x",
        "--port=1.5 | --port needs a whole number, not 1.5",
        "--port=70000 | there is no port 70000",
        "--port=-1 | there is no port -1",
        "--speed=fast | --speed needs a number, not fast",
        "--speed=0 | the speed is more than 0 and at most 100000",
        "--speed=NaN | the speed is more than 0 and at most 100000",
        "--listen=172.17.0.1 | --listen is of use with --stores only",
        "--aws-endpoint=localhost | --aws-endpoint needs an address of http or https, not"
            + " localhost",
        "--aws-endpoint=https://sqs.eu-west-1.amazonaws.com | --aws-endpoint needs aws for AWS"
            + " itself, whose services each have an address, not"
            + " https://sqs.eu-west-1.amazonaws.com",
        "--remove | --remove is of use with --aws-endpoint aws only",
        "--database=x | --database needs postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
        "--database=postgresql://h:1/d | --database needs"
            + " postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
        "--database=postgresql://u:p@h:1 | --database needs"
            + " postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
        "--router=boat=http://x | --router needs URL, car=URL, bicycle=URL or foot=URL, not"
            + " boat=http://x",
        "--instances=0 | a function has at least one instance",
        "--clock=noon | --clock needs a time such as 2019-02-18T07:30:00Z, not noon",
      })
  void whatIsNotUnderstoodIsOneClearLine(String argument, String message) {
    assertThatThrownBy(() -> parse(argument))
        .isInstanceOf(RunnerException.class)
        .hasMessage(message);
  }

  private static CommandLine parse(String... arguments) {
    return CommandLine.parse(List.of(arguments), CHECKOUT);
  }
}
