// The recipients of a run, one judged item after the other, without ever holding all of them.
#pragma once

#include "kinds/run_context.hpp"
#include "kinds/sms_send/csv_file.hpp"
#include "kinds/sms_send/settings.hpp"

#include <boost/unordered/unordered_flat_set.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// Items are written and looked at in blocks of this size.
inline constexpr std::size_t block_size = 1000;

using phone_set = boost::unordered_flat_set<std::uint64_t>;

std::uint64_t phone_key(const std::string& ten_digits) noexcept;

/// The opt-out list as it is now.
task<result<phone_set>> read_suppressed(run_context& c);

/// Reads, normalises, drops what is invalid or twice or on the opt-out list, renders and measures. The same source
/// gives the same items at the same positions, so a run that was interrupted reads it again.
class recipient_source {
  public:
    /// errc::not_found or errc::validation when the file cannot be used.
    static result<recipient_source> open(const settings& s, const std::map<std::string, std::string>& params,
                                         const text_limits& limits, phone_set suppressed);

    /// The common text, when nothing in it depends on the row; its items have none of their own.
    const std::optional<measured_text>& common_text() const noexcept { return common_text_; }

    /// The next item; nothing at the end. Errors (errc::validation with the line) are those of the file as a whole, and
    /// of a row under `on_invalid: stop`.
    result<std::optional<ledger::item_record>> next();

  private:
    recipient_source(const settings& s, const std::map<std::string, std::string>& params, const text_limits& limits,
                     phone_set suppressed)
        : settings_(s), params_(params), limits_(limits), suppressed_(std::move(suppressed))
    {}

    result<void> find_columns();
    result<bool> read_row();
    void validate(ledger::item_record& item);
    std::optional<std::string> render(ledger::item_record& item);

    const settings& settings_;
    const std::map<std::string, std::string>& params_;
    text_limits limits_;
    phone_set suppressed_;
    phone_set seen_{};
    std::optional<csv_file> file_{};
    std::map<std::string, std::size_t, std::less<>> columns_{};
    std::vector<std::size_t> required_columns_{}; ///< columns that the text cannot do without
    std::optional<measured_text> common_text_{};
    std::size_t phone_column_ = 0, list_index_ = 0;
    std::int64_t position_ = 0;
    csv_file::row row_{};
    std::string raw_number_{}, problem_{};
};

/// Of the items that are to be sent: those that got a message since then become `skipped`.
task<result<void>> skip_recently_messaged(run_context& c, const settings& s, std::vector<ledger::item_record>& block);

} // namespace ulak::kinds::sms
