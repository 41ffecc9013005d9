// Sums what effects cost, by job, account or day. Private to the module.
#pragma once

#include "ledger/detail/database.hpp"
#include "ledger/ledger.hpp"

#include <map>
#include <utility>

namespace ulak::ledger {

/// A kept sum of the store: of one job, one account or one quarter of an hour, in one unit.
struct spend_sum {
    std::string name{}, unit{};
    wall_point quarter{};
    decimal spent{}, open{};
    std::int64_t effects = 0;
};

/// Where the next slice begins: behind this sum; the first one at nullopt.
using spend_cursor = std::optional<spend_sum>;

/// At most `limit` sums behind the cursor, in the order of the store.
result<std::vector<spend_sum>> read_spend_sums(database& db, spend_grouping by, const spend_cursor& after,
                                               std::size_t limit);

/// Puts the quarters of a day in a zone together. What is open is booked but its outcome is not known.
class spend_report {
  public:
    spend_report(spend_grouping by, time_zone zone) : by_(by), zone_(std::move(zone)) {}

    void add(const std::vector<spend_sum>& sums);
    /// One row per key and unit.
    std::vector<spend_total> rows() const;

  private:
    spend_grouping by_;
    time_zone zone_;
    std::map<std::pair<std::string, std::string>, spend_sum> folded_{};
};

} // namespace ulak::ledger
