package app.turnout.events.rules;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;

final class Indonesian implements Tongue {
  private static final List<String> DAYS =
      List.of("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu");
  private static final List<String> MONTHS =
      List.of(
          "Januari",
          "Februari",
          "Maret",
          "April",
          "Mei",
          "Juni",
          "Juli",
          "Agustus",
          "September",
          "Oktober",
          "November",
          "Desember");
  private static final List<String> PLACES =
      List.of("pertama", "kedua", "ketiga", "keempat", "kelima");

  @Override
  public String every(Frequency frequency, int n) {
    String unit =
        switch (frequency) {
          case SECONDLY -> "detik";
          case MINUTELY -> "menit";
          case HOURLY -> "jam";
          case DAILY -> "hari";
          case WEEKLY -> "minggu";
          case MONTHLY -> "bulan";
          case YEARLY -> "tahun";
        };
    return "setiap " + (n == 1 ? "" : n + " ") + unit;
  }

  @Override
  public String weekly(int n, List<DayOfWeek> days) {
    if (n == 1 && days.size() == 1) {
      return "setiap hari " + name(days.getFirst());
    }
    return every(Frequency.WEEKLY, n)
        + " pada hari "
        + join(days.stream().map(Indonesian::name).toList());
  }

  @Override
  public String workdays(int n) {
    return n == 1
        ? "setiap hari Senin sampai Jumat"
        : every(Frequency.WEEKLY, n) + " pada hari Senin sampai Jumat";
  }

  @Override
  public String monthly(int n, String items) {
    return every(Frequency.MONTHLY, n) + " pada " + items;
  }

  @Override
  public String yearly(int n, String items) {
    return every(Frequency.YEARLY, n) + " pada " + items;
  }

  @Override
  public String monthDay(int day) {
    return day > 0 ? "tanggal " + day : "hari " + place(day);
  }

  @Override
  public String ordinal(OrdinalDay day) {
    return "hari " + name(day.day()) + " " + place(day.ordinal());
  }

  @Override
  public String ordinalOfMonth(OrdinalDay day, int month) {
    return ordinal(day) + " bulan " + name(month);
  }

  @Override
  public String ordinalOfYear(OrdinalDay day) {
    return ordinal(day) + " dalam setahun";
  }

  @Override
  public String position(int position, Kind kind) {
    return switch (kind) {
          case DAY -> "hari ";
          case WORKDAY -> "hari kerja ";
          case WEEKEND_DAY -> "hari akhir pekan ";
        }
        + place(position);
  }

  @Override
  public String yearDate(int month, int day) {
    return day > 0
        ? "tanggal " + day + " " + name(month)
        : "hari " + place(day) + " bulan " + name(month);
  }

  @Override
  public String yearDay(int day) {
    return (day > 0 ? "hari ke-" + day : "hari " + place(day)) + " dalam setahun";
  }

  @Override
  public String dayOfWeek(int week, DayOfWeek day) {
    return "hari " + name(day) + " minggu ke-" + week;
  }

  @Override
  public String ifItIs(DayOfWeek day) {
    return "jika jatuh pada hari " + name(day);
  }

  @Override
  public String inMonths(List<Integer> months) {
    return "pada bulan " + join(months.stream().map(this::name).toList());
  }

  @Override
  public String at(String times) {
    return "pukul " + times;
  }

  @Override
  public String times(int count) {
    return count + " kali";
  }

  @Override
  public String until(LocalDate day) {
    return "sampai " + day.getDayOfMonth() + " " + name(day.getMonthValue()) + " " + day.getYear();
  }

  @Override
  public String more(int dates) {
    return "ditambah " + dates + " tanggal";
  }

  @Override
  public String except(int dates) {
    return "kecuali " + dates + " tanggal";
  }

  @Override
  public String dates(int dates) {
    return "pada " + dates + " tanggal";
  }

  @Override
  public String byARuleOfItsOwn() {
    return "menurut aturan khusus";
  }

  @Override
  public String and() {
    return "dan";
  }

  private static String place(int ordinal) {
    if (ordinal == -1) {
      return "terakhir";
    }
    if (ordinal < 0) {
      return "ke-" + -ordinal + " dari akhir";
    }
    return ordinal <= PLACES.size() ? PLACES.get(ordinal - 1) : "ke-" + ordinal;
  }

  private static String name(DayOfWeek day) {
    return DAYS.get(day.getValue() - 1);
  }

  private String name(int month) {
    return MONTHS.get(month - 1);
  }
}
