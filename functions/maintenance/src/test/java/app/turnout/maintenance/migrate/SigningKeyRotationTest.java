package app.turnout.maintenance.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.turnout.container.AlsoOnLocalStack;
import app.turnout.platform.security.Ed25519Keys;
import app.turnout.stores.EmbeddedPostgres;
import app.turnout.testing.SettableTime;
import app.turnout.testing.TestSecretsManager;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@AlsoOnLocalStack
class SigningKeyRotationTest {
  private static final Instant NOW = Instant.parse("2019-02-18T07:30:00Z");
  private static final String FIRST = "a-seed-of-more-than-32-characters-";

  private static final TestSecretsManager SECRETS = new TestSecretsManager();
  private static final EmbeddedPostgres POSTGRES = EmbeddedPostgres.fresh();
  private static final Map<String, Object> PROPERTIES = new HashMap<>(SECRETS.properties());

  private static ApplicationContext context;
  private static MigrateFunction function;
  private static Jdbi owner;

  private String arn = "";

  @BeforeAll
  static void start() {
    POSTGRES.createDatabase("turnout");
    PROPERTIES.put("turnout.function", "migrate");
    PROPERTIES.put("turnout.public-url", "https://turnout.example");
    PROPERTIES.put("turnout.testing.time", "settable");
    PROPERTIES.put("datasources.default.url", POSTGRES.jdbcUrl("turnout"));
    PROPERTIES.put("datasources.default.maximum-pool-size", 2);
    PROPERTIES.put("turnout.secrets.database", login("postgres", "postgres"));
    PROPERTIES.put("turnout.secrets.app-database", login("turnout_app", "one"));
    PROPERTIES.put("turnout.secrets.jobs-database", login("turnout_jobs", "two"));
    PROPERTIES.put("turnout.secrets.access-token-seed", SECRETS.put("seed", FIRST));
    context = started(PROPERTIES);
    function = new MigrateFunction(context);
    owner = Jdbi.create(POSTGRES.superuser("turnout"));
    function.execute(Map.of());
  }

  @BeforeEach
  void oneKey() {
    time().set(NOW);
    owner.useHandle(handle -> handle.execute("delete from signing_keys"));
    arn = SECRETS.put("seed", FIRST);
    function.execute(Map.of());
  }

  @AfterAll
  static void stop() {
    context.close();
    POSTGRES.close();
    SECRETS.close();
  }

  @Test
  void firstKeySignsAtOnce() {
    assertThat(keys()).containsExactly(keyId(FIRST) + " from 2019-02-18T07:30:00Z");
  }

  @Test
  void newKeyIsPublishedAheadAndTheOldOneHonouredLongEnough() {
    Map<String, Object> answer = rotate("planned");

    String secret = SECRETS.get(arn);
    assertThat(secret).hasSize(64).isNotEqualTo(FIRST);
    assertThat(keys())
        .containsExactly(
            keyId(secret) + " from 2019-02-18T07:45:00Z",
            keyId(FIRST) + " from 2019-02-18T07:30:00Z until 2019-02-18T08:45:00Z");
    Map<String, Object> latest = new HashMap<>();
    latest.put("key_id", keyId(secret));
    latest.put("signs_from", "2019-02-18T07:45:00Z");
    latest.put("retired_at", null);
    assertThat(answer)
        .isEqualTo(
            Map.of(
                "migrations",
                0,
                "signing_keys",
                List.of(
                    latest,
                    Map.of(
                        "key_id", keyId(FIRST),
                        "signs_from", "2019-02-18T07:30:00Z",
                        "retired_at", "2019-02-18T08:45:00Z"))));
    assertThat(answer.toString()).doesNotContain(secret);
  }

  @Test
  void rotationIsNotRepeatedWhileAKeyWaitsToSign() {
    rotate("planned");
    List<String> once = keys();

    time().advance(Duration.ofMinutes(14));
    rotate("planned");
    assertThat(keys()).isEqualTo(once);

    time().advance(Duration.ofMinutes(1));
    rotate("planned");
    assertThat(keys()).hasSize(3);
  }

  @Test
  void secretThatWasMadeAndNotPublishedIsPublishedNextTime() {
    SECRETS.put("seed", "another-seed-of-more-than-32-characters");

    rotate("planned");

    assertThat(SECRETS.get(arn)).isEqualTo("another-seed-of-more-than-32-characters");
    assertThat(keys())
        .hasSize(2)
        .first()
        .asString()
        .startsWith(keyId("another-seed-of-more-than-32-characters"));
  }

  @Test
  void leakedKeyIsReplacedAtOnce() {
    rotate("planned");
    String waiting = SECRETS.get(arn);

    rotate("at_once");

    assertThat(SECRETS.get(arn)).isNotIn(FIRST, waiting);
    assertThat(keys())
        .containsExactlyInAnyOrder(
            keyId(SECRETS.get(arn)) + " from 2019-02-18T07:30:00Z",
            keyId(waiting) + " from 2019-02-18T07:45:00Z until 2019-02-18T07:30:00Z",
            keyId(FIRST) + " from 2019-02-18T07:30:00Z until 2019-02-18T07:30:00Z");
  }

  @Test
  void endThatWasPlannedIsNotPutOff() {
    rotate("planned");
    time().advance(Duration.ofMinutes(20));
    rotate("planned");

    assertThat(keys())
        .contains(keyId(FIRST) + " from 2019-02-18T07:30:00Z until 2019-02-18T08:45:00Z");
  }

  @Test
  void withoutSecretsManagerItSaysSoAndChangesNothing() {
    Map<String, Object> properties = new HashMap<>(PROPERTIES);
    properties.put("turnout.secrets.access-token-seed", FIRST);
    try (ApplicationContext local = started(properties)) {
      local.getBean(SettableTime.class).set(NOW);
      MigrateFunction here = new MigrateFunction(local);

      assertThatThrownBy(() -> here.execute(Map.of("rotate_signing_key", "planned")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("turnout.secrets.access-token-seed is not kept in Secrets Manager");
    }
    assertThat(keys()).hasSize(1);
  }

  @Test
  void seedPutBeforeTheOldOneByHandIsPublishedAheadToo() {
    Map<String, Object> properties = new HashMap<>(PROPERTIES);
    properties.put(
        "turnout.secrets.access-token-seed", "b-seed-of-more-than-32-characters- " + FIRST);
    try (ApplicationContext local = started(properties)) {
      local.getBean(SettableTime.class).set(NOW);

      new MigrateFunction(local).execute(Map.of());
    }
    assertThat(keys())
        .containsExactly(
            keyId("b-seed-of-more-than-32-characters-") + " from 2019-02-18T07:45:00Z",
            keyId(FIRST) + " from 2019-02-18T07:30:00Z until 2019-02-18T08:45:00Z");
  }

  @Test
  void inputThatIsNotUnderstoodChangesNothing() {
    for (Map<String, Object> input :
        List.<Map<String, Object>>of(
            Map.of("rotate_signing_key", true),
            Map.of("rotate_signing_key", "soon"),
            Map.of("rotate", "planned"),
            Map.of("rotate_signing_key", "planned", "more", 1))) {
      assertThatThrownBy(() -> function.execute(input))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(keys()).hasSize(1);
  }

  private static ApplicationContext started(Map<String, Object> properties) {
    return ApplicationContext.builder().deduceEnvironment(false).properties(properties).start();
  }

  private static Map<String, Object> rotate(String pace) {
    return function.execute(Map.of("rotate_signing_key", pace));
  }

  private static SettableTime time() {
    return context.getBean(SettableTime.class);
  }

  private static String keyId(String seed) {
    return Ed25519Keys.keyId(Ed25519Keys.fromSecret(seed).getPublic());
  }

  private static List<String> keys() {
    return owner.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select key_id
                           || to_char(signs_from at time zone 'UTC', '" from "YYYY-MM-DD"T"HH24:MI:SS"Z"')
                           || coalesce(
                             to_char(
                               retired_at at time zone 'UTC',
                               '" until "YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                             '')
                    from signing_keys
                    order by signs_from desc, retired_at desc nulls first
                    """)
                .mapTo(String.class)
                .list());
  }

  private static String login(String user, String password) {
    return "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(user, password);
  }
}
