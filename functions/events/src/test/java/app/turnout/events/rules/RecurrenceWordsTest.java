package app.turnout.events.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecurrenceWordsTest {
  /// A Tuesday.
  private static final LocalDateTime START = LocalDateTime.of(2026, 9, 8, 19, 0);

  private static final ZoneId DUBLIN = ZoneId.of("Europe/Dublin");

  private static String said(
      String language, String rule, List<String> rdates, List<String> exdates) {
    return switch (RecurrenceSet.read(rule, rdates, exdates, START, DUBLIN)) {
      case RecurrenceSet.Outcome.Read(RecurrenceSet set) -> RecurrenceWords.of(set, language);
      case RecurrenceSet.Outcome.Refused refused ->
          throw new AssertionError(refused.errors().toString());
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=WEEKLY | every Tuesday | todas as terças-feiras | setiap hari Selasa | каждый"
            + " вторник",
        "FREQ=WEEKLY;INTERVAL=2 | every 2nd Tuesday | a cada 2 semanas, às terças-feiras"
            + " | setiap 2 minggu pada hari Selasa | каждые 2 недели по вторникам",
        "FREQ=WEEKLY;BYDAY=SA | every Saturday | todos os sábados | setiap hari Sabtu"
            + " | каждую субботу",
        "FREQ=WEEKLY;BYDAY=SU | every Sunday | todos os domingos | setiap hari Minggu"
            + " | каждое воскресенье",
        "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10 | every week on Monday and Wednesday, 10 times"
            + " | todas as semanas, às segundas-feiras e às quartas-feiras, 10 vezes"
            + " | setiap minggu pada hari Senin dan Rabu, 10 kali"
            + " | каждую неделю по понедельникам и средам, 10 раз",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR | every weekday (Monday to Friday)"
            + " | de segunda a sexta-feira | setiap hari Senin sampai Jumat"
            + " | каждый день с понедельника по пятницу",
        "FREQ=DAILY | every day | todos os dias | setiap hari | каждый день",
        "FREQ=DAILY;INTERVAL=3;COUNT=22 | every 3 days, 22 times | a cada 3 dias, 22 vezes"
            + " | setiap 3 hari, 22 kali | каждые 3 дня, 22 раза",
        "FREQ=DAILY;INTERVAL=21;COUNT=21 | every 21 days, 21 times | a cada 21 dias, 21 vezes"
            + " | setiap 21 hari, 21 kali | каждый 21 день, 21 раз",
        "FREQ=DAILY;INTERVAL=11;COUNT=1 | every 11 days, once | a cada 11 dias, 1 vez"
            + " | setiap 11 hari, 1 kali | каждые 11 дней, 1 раз",
        "FREQ=DAILY;BYMONTH=6,7 | every day in June and July | todos os dias em junho e julho"
            + " | setiap hari pada bulan Juni dan Juli | каждый день в июне и июле",
        "FREQ=DAILY;BYHOUR=9,17 | every day, at 09:00 and 17:00 | todos os dias, às 09:00 e 17:00"
            + " | setiap hari, pukul 09:00 dan 17:00 | каждый день, в 09:00 и 17:00",
        "FREQ=HOURLY;INTERVAL=5;COUNT=4 | every 5 hours, 4 times | a cada 5 horas, 4 vezes"
            + " | setiap 5 jam, 4 kali | каждые 5 часов, 4 раза",
        "FREQ=MONTHLY | the 8th of every month | no dia 8 de cada mês"
            + " | setiap bulan pada tanggal 8 | 8-го числа каждого месяца",
        "FREQ=MONTHLY;BYMONTHDAY=1,-1 | the 1st and the last day of every month"
            + " | no dia 1 e no último dia de cada mês"
            + " | setiap bulan pada tanggal 1 dan hari terakhir"
            + " | 1-го числа и в последний день каждого месяца",
        "FREQ=MONTHLY;BYDAY=-1FR | the last Friday of every month"
            + " | na última sexta-feira de cada mês | setiap bulan pada hari Jumat terakhir"
            + " | в последнюю пятницу каждого месяца",
        "FREQ=MONTHLY;BYDAY=2TU,4TU | the 2nd Tuesday and the 4th Tuesday of every month"
            + " | na segunda terça-feira e na quarta terça-feira de cada mês"
            + " | setiap bulan pada hari Selasa kedua dan hari Selasa keempat"
            + " | во второй вторник и в четвёртый вторник каждого месяца",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU | every 2 months on the 1st Sunday"
            + " | a cada 2 meses, no primeiro domingo"
            + " | setiap 2 bulan pada hari Minggu pertama"
            + " | каждые 2 месяца в первое воскресенье",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 | the last weekday of every month"
            + " | no último dia útil de cada mês | setiap bulan pada hari kerja terakhir"
            + " | в последний рабочий день каждого месяца",
        "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1 | the 1st weekend day of every month"
            + " | no primeiro dia de fim de semana de cada mês"
            + " | setiap bulan pada hari akhir pekan pertama"
            + " | в первый выходной день каждого месяца",
        "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-2 | the 2nd to last Tuesday of every month"
            + " | na penúltima terça-feira de cada mês"
            + " | setiap bulan pada hari Selasa ke-2 dari akhir"
            + " | в предпоследний вторник каждого месяца",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13 | the 13th of every month, if it is a Friday"
            + " | no dia 13 de cada mês, se for sexta-feira"
            + " | setiap bulan pada tanggal 13, jika jatuh pada hari Jumat"
            + " | 13-го числа каждого месяца, если это пятница",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29 | every year on 29 February"
            + " | todos os anos, em 29 de fevereiro | setiap tahun pada tanggal 29 Februari"
            + " | каждый год 29 февраля",
        "FREQ=YEARLY;INTERVAL=5 | every 5 years on 8 September | a cada 5 anos, em 8 de setembro"
            + " | setiap 5 tahun pada tanggal 8 September | каждые 5 лет 8 сентября",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU | every year on the last Sunday of March"
            + " | todos os anos, no último domingo de março"
            + " | setiap tahun pada hari Minggu terakhir bulan Maret"
            + " | каждый год в последнее воскресенье марта",
        "FREQ=YEARLY;BYDAY=20MO | every year on the 20th Monday of the year"
            + " | todos os anos, na 20.ª segunda-feira do ano"
            + " | setiap tahun pada hari Senin ke-20 dalam setahun"
            + " | каждый год в 20-й понедельник года",
        "FREQ=YEARLY;BYWEEKNO=20 | every year on Tuesday of week 20"
            + " | todos os anos, na terça-feira da semana 20"
            + " | setiap tahun pada hari Selasa minggu ke-20"
            + " | каждый год во вторник 20-й недели",
        "FREQ=YEARLY;BYYEARDAY=100,-1"
            + " | every year on the 100th day of the year and the last day of the year"
            + " | todos os anos, no 100.º dia do ano e no último dia do ano"
            + " | setiap tahun pada hari ke-100 dalam setahun dan hari terakhir dalam setahun"
            + " | каждый год в 100-й день года и в последний день года",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=TH | every Thursday in March"
            + " | todas as quintas-feiras em março | setiap hari Kamis pada bulan Maret"
            + " | каждый четверг в марте",
        "FREQ=WEEKLY;UNTIL=20270331 | every Tuesday, until 31 March 2027"
            + " | todas as terças-feiras, até 31 de março de 2027"
            + " | setiap hari Selasa, sampai 31 Maret 2027"
            + " | каждый вторник, до 31 марта 2027 года",
        "FREQ=YEARLY;BYWEEKNO=-1;BYMONTHDAY=28 | every year, by a rule of its own"
            + " | todos os anos, segundo uma regra própria | setiap tahun, menurut aturan khusus"
            + " | каждый год, по особому правилу",
        "FREQ=MONTHLY;BYDAY=MO,2WE;COUNT=2 | every month, by a rule of its own, twice"
            + " | todos os meses, segundo uma regra própria, 2 vezes"
            + " | setiap bulan, menurut aturan khusus, 2 kali"
            + " | каждый месяц, по особому правилу, 2 раза",
      })
  void isSaidInFourLanguages(
      String rule, String english, String portuguese, String indonesian, String russian) {
    assertThat(said("en", rule, List.of(), List.of())).isEqualTo(english);
    assertThat(said("pt-BR", rule, List.of(), List.of())).isEqualTo(portuguese);
    assertThat(said("id", rule, List.of(), List.of())).isEqualTo(indonesian);
    assertThat(said("ru", rule, List.of(), List.of())).isEqualTo(russian);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | every Tuesday, plus 2 more dates, except 1 date",
        "pt | todas as terças-feiras, mais 2 datas, exceto 1 data",
        "id | setiap hari Selasa, ditambah 2 tanggal, kecuali 1 tanggal",
        "ru | каждый вторник, и ещё 2 даты, кроме 1 даты",
      })
  void moreAndLeftOutDatesAreCounted(String language, String words) {
    List<String> more = List.of("2026-09-09T19:00", "2026-09-10T19:00", "2026-09-15T19:00");
    List<String> leftOut = List.of("2026-09-22T19:00", "2026-09-23T19:00");

    assertThat(said(language, "FREQ=WEEKLY", more, leftOut)).isEqualTo(words);
  }

  @Test
  void everyRuleOfElsewhereHasWords() {
    RulesElsewhereTest.cases()
        .forEach(
            example -> {
              RecurrenceSet set =
                  RecurrenceSet.stored(
                      example.rule(), List.of(), List.of(), example.start(), example.zone());
              for (String language : List.of("en", "pt", "id", "ru", "xx", "")) {
                assertThat(RecurrenceWords.of(set, language)).isNotBlank().doesNotContain("null");
              }
            });
  }
}
