package app.turnout.platform.persistence;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.StatementContext;
import org.postgresql.core.Parser;

/// Finds the named parameters of a statement, `:name`, as Jdbi's own parser does, which takes 24 ms
/// of a function's start to set ANTLR up. What is quoted or a comment is told by PostgreSQL's
/// driver; a colon with no letter behind it, as of `::text`, names nothing.
final class NamedParameters implements SqlParser {
  /// Statements are put together from what is written in the code, so there are not many.
  private static final int REMEMBERED = 1_000;

  private final Map<String, ParsedSql> parsed = new ConcurrentHashMap<>();

  @Override
  public ParsedSql parse(String sql, StatementContext context) {
    ParsedSql known = parsed.get(sql);
    if (known != null) {
      return known;
    }
    ParsedSql found = parse(sql);
    if (parsed.size() < REMEMBERED) {
      parsed.put(sql, found);
    }
    return found;
  }

  @Override
  public String nameParameter(String rawName, StatementContext context) {
    return ":" + rawName;
  }

  static ParsedSql parse(String sql) {
    ParsedSql.Builder parsed = ParsedSql.builder();
    char[] text = sql.toCharArray();
    int copied = 0;
    int at = 0;
    while (at < text.length) {
      if (text[at] == ':') {
        int end = nameEnd(text, at + 1);
        if (end > at + 1) {
          parsed.append(sql.substring(copied, at));
          parsed.appendNamedParameter(sql.substring(at + 1, end));
          copied = end;
        }
        at = Math.max(end, endOfColons(text, at));
      } else {
        at = lastOfToken(text, at) + 1;
      }
    }
    return parsed.append(sql.substring(copied)).build();
  }

  /// Where a name that begins here ends, exclusive; here, if none does.
  private static int nameEnd(char[] text, int start) {
    int end = start;
    while (end < text.length && isInName(text[end], end > start)) {
      end++;
    }
    return end;
  }

  private static boolean isInName(char letter, boolean followsAnother) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || letter == '_'
        || (followsAnother && letter >= '0' && letter <= '9');
  }

  private static int endOfColons(char[] text, int start) {
    int end = start;
    while (end < text.length && text[end] == ':') {
      end++;
    }
    return end;
  }

  /// The last character of what is quoted or a comment and begins here, or else of this character.
  private static int lastOfToken(char[] text, int at) {
    return switch (text[at]) {
      case '\'' -> Parser.parseSingleQuotes(text, at, true);
      case '"' -> Parser.parseDoubleQuotes(text, at);
      case '-' -> Parser.parseLineComment(text, at);
      case '/' -> Parser.parseBlockComment(text, at);
      case '$' -> Parser.parseDollarQuotes(text, at);
      default -> at;
    };
  }
}
