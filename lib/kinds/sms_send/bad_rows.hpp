// The rows of a list that cannot be used, with their places.
#pragma once

#include "ledger/records.hpp"

#include <boost/json/array.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

/// What a reason says without its details: "number", "duplicate", "letter ‘á’".
std::string short_reason(const std::string& reason);

/// Keeps the first ones and counts all. Who is left out for another's sake (an opt-out, a duplicate) is no bad row.
class bad_rows {
  public:
    static constexpr std::size_t most_kept = 100;

    void add(const ledger::item_record& item);
    std::size_t count() const noexcept { return count_; }
    /// [{"line","column","value","reason","detail"}]; the value is what stands where the number should
    boost::json::array to_json() const;
    /// "3 rows cannot be used: line 2: number: 7 digits, 10 are needed; line 3 …"
    std::string sentence() const;

  private:
    struct bad_row {
        std::int64_t line = 0;
        std::string column{}, value{}, reason{};
    };
    std::vector<bad_row> kept_{};
    std::size_t count_ = 0;
};

} // namespace ulak::kinds::sms
