// The recipients of a run, one validated item after the other, without ever holding all of them.
#pragma once

#include "csv/csv_file.hpp"
#include "kinds/run_context.hpp"
#include "kinds/sms_send/bad_rows.hpp"
#include "kinds/sms_send/letter_costs.hpp"
#include "kinds/sms_send/measure.hpp"
#include "kinds/sms_send/phone_lines.hpp"
#include "kinds/sms_send/phone_set.hpp"
#include "kinds/sms_send/settings.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// Items are written and read in blocks of this size: the memory of a run does not grow with its list.
inline constexpr std::size_t block_size = 1000;

/// Normalises the numbers, skips what is invalid, a duplicate or on the opt-out list, and renders and measures the
/// texts. The same source gives the same items at the same positions: a run that was interrupted reads it again.
/// Settings and parameters must outlive it.
class recipient_source {
  public:
    /// errc::not_found: there is no file. errc::validation: the file, its columns or the common text cannot be used.
    static result<recipient_source> open(const settings& s, const std::map<std::string, std::string>& params,
                                         const text_limits& limits, phone_set suppressed);

    /// The text of all items, where nothing in it depends on the row; then the items have none of their own.
    const std::optional<measured_text>& common_text() const noexcept { return common_text_; }

    /// What the texts of the items so far cost by their letters.
    const letter_costs& letters() const noexcept { return letters_; }

    /// The rows so far that cannot be used.
    const bad_rows& bad() const noexcept { return bad_; }
    /// What was found of a file's form, {"encoding","separator"}; null for a list.
    boost::json::value form() const;

    /// The next item, pending or skipped with a reason; nothing at the end. errc::validation with the line: the file
    /// cannot be read on; at its end with all bad rows, where one was unusable under `on_invalid: stop`, or by its
    /// letters under `unsupported: stop`.
    result<std::optional<ledger::item_record>> next();

  private:
    recipient_source(const settings& s, const std::map<std::string, std::string>& params, const text_limits& limits,
                     phone_set suppressed)
        : settings_(s), params_(params), limits_(limits), suppressed_(std::move(suppressed))
    {}

    result<void> find_columns();
    result<std::size_t> column_of(const std::string& name) const;
    bool has_surplus_cells() const;
    bool validate_text(ledger::item_record& item);
    void refuse(ledger::item_record& item, const std::string& reason, std::string column, const std::string& why);
    result<bool> read_row();
    void validate(ledger::item_record& item);
    result<std::string> render() const;

    const settings& settings_;
    const std::map<std::string, std::string>& params_;
    text_limits limits_;
    phone_set suppressed_;
    phone_lines seen_{};
    std::optional<csv::csv_file> file_{};
    std::map<std::string, std::size_t, std::less<>> columns_{};
    std::vector<std::size_t> required_columns_{}; ///< columns that the text cannot do without
    std::optional<measured_text> common_text_{};
    std::size_t phone_column_ = 0, list_index_ = 0;
    std::int64_t position_ = 0;
    csv::row row_{};
    std::string raw_number_{}; ///< as the source has it
    letter_costs letters_{};
    bad_rows bad_{};
    bool stops_run_ = false; ///< a bad row ends the run once all of them are known
};

/// Skips those pending items whose number got a message from any run within `exclude: sent-within`.
task<result<void>> skip_recently_messaged(run_context& c, const settings& s, std::vector<ledger::item_record>& block);

} // namespace ulak::kinds::sms
