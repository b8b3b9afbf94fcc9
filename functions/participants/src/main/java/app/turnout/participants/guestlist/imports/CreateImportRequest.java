package app.turnout.participants.guestlist.imports;

import app.turnout.participants.csv.Encoding;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/// What is to be known of a file before it comes.
///
/// @param encoding guessed when not given: by a byte order mark, else UTF-8 if it can be that, else
///   Windows-1252
/// @param separator guessed when not given
/// @param columns whichever are not given are found by their usual names in English, Portuguese,
///   Indonesian and Russian
/// @param onDuplicate `skip` when not given
/// @param locale of those whose row says none; `en` when not given
@Serdeable
record CreateImportRequest(
    @Nullable Encoding encoding,
    @Nullable Separator separator,
    @Nullable ColumnNames columns,
    @Nullable OnDuplicate onDuplicate,
    @Nullable @Pattern(regexp = "en|pt|id|ru") String locale) {}
