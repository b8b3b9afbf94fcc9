package app.turnout.participants.intake;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What people call columns, in English, Portuguese, Indonesian and Russian.
final class HeaderNames {
  private static final String NAMES =
      """
      name: name, full name, display name, participant, guest, attendee
      name: nome, nome completo, participante, convidado
      name: nama, nama lengkap, peserta, tamu
      name: имя, полное имя, фио, участник, гость
      first_name: first name, given name, forename
      first_name: primeiro nome, nome próprio
      first_name: nama depan
      last_name: last name, surname, family name
      last_name: apelido, sobrenome, último nome
      last_name: nama belakang, nama keluarga
      last_name: фамилия
      phone: phone, phone number, telephone, tel, mobile, mobile phone, mobile number, cell
      phone: cell phone, whatsapp, whatsapp number
      phone: telefone, telemóvel, celular, número de telefone, contacto, contato
      phone: telepon, nomor telepon, no telepon, hp, no hp, nomor hp, ponsel, nomor ponsel
      phone: handphone, no wa, nomor whatsapp
      phone: телефон, номер телефона, мобильный, мобильный телефон, тел
      email: email, email address, mail
      email: correio eletrónico, correio eletrônico, endereço de email
      email: surel, alamat email, alamat surel
      email: почта, электронная почта, эл почта, адрес электронной почты, емейл, имейл
      locale: locale, language, lang
      locale: idioma, língua
      locale: bahasa
      locale: язык
      note: note, notes, comment, comments, remark, remarks
      note: nota, notas, observação, observações, comentário, comentários
      note: catatan, keterangan, komentar
      note: заметка, заметки, примечание, примечания, комментарий, комментарии
      tags: tags, tag, labels, label, groups, group, categories, category
      tags: etiqueta, etiquetas, grupo, grupos, categoria, categorias
      tags: kelompok, kategori, tanda
      tags: теги, тег, метки, метка, группа, группы, категория, категории
      travel_mode: travel mode, mode of travel, mode of transport, transport, comes by
      travel_mode: meio de transporte, transporte
      travel_mode: moda transportasi, transportasi
      travel_mode: транспорт, вид транспорта
      """;

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Map<String, Field> FIELDS = fields();

  private HeaderNames() {}

  /// The field that a column of this name is usually for.
  static Optional<Field> field(String header) {
    return Optional.ofNullable(FIELDS.get(plain(header)));
  }

  private static Map<String, Field> fields() {
    Map<String, Field> fields = new HashMap<>();
    NAMES
        .lines()
        .forEach(
            line -> {
              String[] parts = line.split(": ", 2);
              for (String name : parts[1].split(", ", -1)) {
                fields.put(plain(name), Field.ofWire(parts[0]));
              }
            });
    return fields;
  }

  /// Without case, accents and all that is neither letter nor digit.
  private static String plain(String header) {
    String letters =
        MARKS.matcher(Normalizer.normalize(header, Normalizer.Form.NFKD)).replaceAll("");
    return OTHERS.matcher(letters.toLowerCase(Locale.ROOT)).replaceAll("");
  }
}
