package app.turnout.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import app.turnout.testing.TestDatabase;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedParametersTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  /// Of what Jdbi's parser and this one know alike.
  private static final List<String> PIECES =
      List.of(
          ":id",
          ":organization",
          ":a1",
          ":_x",
          "::text",
          "::uuid[]",
          ":=",
          "'it''s :not'",
          "'::'",
          "\"col:umn\"",
          "''",
          "/* :not ' \" */",
          "-- :not ' here\n",
          "select",
          "*",
          "-",
          "(",
          ")",
          ",",
          " ",
          "\n",
          "1",
          "%",
          "|| ",
          "->>",
          "@>",
          "{}",
          ">=");

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "select :a, :b_2 where x = :a#select ?, ? where x = ?#a b_2 a",
        "select :a::text, b::uuid[], array[1:2]#select ?::text, b::uuid[], array[1:2]#a",
        "select ':a' || :b || 'it''s :c'#select ':a' || ? || 'it''s :c'#b",
        "select \":a\", \"x\"\":b\" = :c#select \":a\", \"x\"\":b\" = ?#c",
        "select 1 /* :a /* :b */ :c */ + :d#select 1 /* :a /* :b */ :c */ + ?#d",
        "select $$ :a ' $$, $tag$ :b $$ $tag$, :c#select $$ :a ' $$, $tag$ :b $$ $tag$, ?#c",
        "select e'\\' :a', :b#select e'\\' :a', ?#b",
        "select f(x := :a)#select f(x := ?)#a",
        "select ':a#select ':a#``",
        "select :#select :#``",
      })
  void findsWhatIsNamedOutsideOfQuotesAndComments(String sql, String ready, String names) {
    ParsedSql parsed = NamedParameters.parse(sql);

    assertThat(parsed.getSql()).isEqualTo(ready);
    assertThat(String.join(" ", parsed.getParameters().getParameterNames())).isEqualTo(names);
  }

  @Test
  void aLineCommentEndsWithItsLine() {
    ParsedSql parsed = NamedParameters.parse("select 1 -- of :a, isn't it\n + :b");

    assertThat(parsed.getSql()).isEqualTo("select 1 -- of :a, isn't it\n + ?");
    assertThat(parsed.getParameters().getParameterNames()).containsExactly("b");
  }

  @Test
  void findsTheSameAsJdbisOwn() {
    ColonPrefixSqlParser jdbis = new ColonPrefixSqlParser();
    Random random = new Random(42);
    try (Handle handle = Jdbi.open(DATABASE.as(TestDatabase.APP))) {
      StatementContext context = handle.createQuery("select 1").getContext();
      for (int round = 0; round < 5_000; round++) {
        String sql =
            IntStream.range(0, 1 + random.nextInt(12))
                .mapToObj(_ -> PIECES.get(random.nextInt(PIECES.size())))
                .collect(Collectors.joining(random.nextBoolean() ? " " : ""));

        assertThat(NamedParameters.parse(sql)).as(sql).isEqualTo(jdbis.parse(sql, context));
      }
    }
  }

  /// What is quoted and what is a comment, PostgreSQL itself says.
  @Test
  void statementsMeanWhatTheySay() {
    try (Handle handle = Jdbi.open(DATABASE.as(TestDatabase.APP))) {
      handle.getConfig(SqlStatements.class).setSqlParser(new NamedParameters());

      List<String> row =
          handle
              .createQuery(
                  """
                  select ':a' || e'\\':a' || $x$:a'$x$ || :a::text /* :a ' */ as ":a" -- :a '
                  where (array[1, 2, 3])[2:3] = array[2, 3] and :a = :a
                  """)
              .bind("a", "!")
              .mapTo(String.class)
              .list();

      assertThat(row).containsExactly(":a':a:a'!");
    }
  }

  @Test
  void aStatementIsParsedOnce() {
    NamedParameters parameters = new NamedParameters();
    try (Handle handle = Jdbi.open(DATABASE.as(TestDatabase.APP))) {
      StatementContext context = handle.createQuery("select 1").getContext();

      ParsedSql first = parameters.parse("select :a", context);

      assertThat(parameters.parse("select :a", context)).isSameAs(first);
    }
  }
}
