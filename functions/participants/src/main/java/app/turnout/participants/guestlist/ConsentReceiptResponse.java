package app.turnout.participants.guestlist;

import app.turnout.platform.erasure.Withdrawal;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whether positions may be taken, and what was erased whenever that ended.
///
/// @param withdrawals the last one first
@Serdeable
record ConsentReceiptResponse(
    boolean granted, @Nullable OffsetDateTime changedAt, List<WithdrawalResponse> withdrawals) {
  ConsentReceiptResponse {
    withdrawals = List.copyOf(withdrawals);
  }

  /// A consent that was withdrawn.
  ///
  /// @param completedAt when all was erased; null while it is under way
  @Serdeable
  record WithdrawalResponse(
      UUID id,
      OffsetDateTime withdrawnAt,
      @Nullable OffsetDateTime completedAt,
      List<AreaResponse> areas) {
    WithdrawalResponse {
      areas = List.copyOf(areas);
    }

    /// What one area has erased.
    ///
    /// @param rows how many, by table
    @Serdeable
    record AreaResponse(String area, Map<String, Long> rows, @Nullable OffsetDateTime completedAt) {
      AreaResponse {
        rows = Map.copyOf(rows);
      }
    }
  }

  static ConsentReceiptResponse of(Consent consent, List<Withdrawal> withdrawals) {
    return new ConsentReceiptResponse(
        consent.granted(),
        offset(consent.changedAt()),
        withdrawals.stream()
            .map(
                each ->
                    new WithdrawalResponse(
                        each.id(),
                        each.withdrawnAt().atOffset(ZoneOffset.UTC),
                        offset(each.completedAt()),
                        each.steps().stream()
                            .map(
                                step ->
                                    new WithdrawalResponse.AreaResponse(
                                        step.area(), step.rows(), offset(step.completedAt())))
                            .toList()))
            .toList());
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
