package app.turnout.maintenance.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;

import app.turnout.stores.EmbeddedPostgres;
import app.turnout.testing.SettableTime;
import io.micronaut.context.ApplicationContext;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class MigrateTest {
  @Test
  void emptyDatabaseIsReadyAfterOneCallAndASecondChangesNothing() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.fresh()) {
      postgres.createDatabase("turnout");
      Map<String, Object> properties = new HashMap<>();
      properties.put("turnout.function", "migrate");
      properties.put("turnout.public-url", "https://turnout.example");
      properties.put("turnout.testing.time", "settable");
      properties.put("aws.region", "eu-west-1");
      properties.put("datasources.default.url", postgres.jdbcUrl("turnout"));
      // As in the template: with one, Flyway waits for itself.
      properties.put("datasources.default.maximum-pool-size", 2);
      properties.put("turnout.secrets.database", login("postgres", "postgres"));
      properties.put("turnout.secrets.app-database", login("turnout_app", "one"));
      properties.put("turnout.secrets.jobs-database", login("turnout_jobs", "two"));
      properties.put("turnout.secrets.access-token-seed", "a-seed-of-more-than-32-characters-");
      try (ApplicationContext context =
          ApplicationContext.builder().deduceEnvironment(false).properties(properties).start()) {
        context.getBean(SettableTime.class).set(Instant.parse("2019-02-18T07:30:00Z"));
        MigrateFunction function = new MigrateFunction(context);

        Map<String, Object> first = function.execute(Map.of());
        Map<String, Object> second = function.execute(Map.of());

        assertThat(first.get("migrations")).asInstanceOf(INTEGER).isPositive();
        assertThat(second).isEqualTo(Map.of("migrations", 0));
      }

      Jdbi owner = Jdbi.create(postgres.superuser("turnout"));
      assertThat(list(owner, "select count(*)::text from signing_keys")).containsExactly("1");
      assertThat(
              list(
                  owner,
                  "select inhrelid::regclass::text from pg_inherits "
                      + "where inhparent = 'pings'::regclass order by 1"))
          .hasSize(11)
          .contains("pings_2019_02_16", "pings_2019_02_25", "pings_default");
      for (String[] role : new String[][] {{"turnout_app", "one"}, {"turnout_jobs", "two"}}) {
        DriverManager.getConnection(postgres.jdbcUrl("turnout"), role[0], role[1]).close();
      }
      assertThat(
              list(
                  owner,
                  """
                  select rolname || ' ' || rolsuper || ' ' || rolbypassrls
                  from pg_roles
                  where rolname like 'turnout%'
                  order by 1
                  """))
          .containsExactly("turnout_app false false", "turnout_jobs false false");
    }
  }

  private static String login(String user, String password) {
    return "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(user, password);
  }

  private static List<String> list(Jdbi jdbi, String query) {
    return jdbi.withHandle(handle -> handle.createQuery(query).mapTo(String.class).list());
  }
}
