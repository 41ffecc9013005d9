// Messages of a plan as their recipients would read them: the longest, the shortest, and one at random.
#pragma once

#include "ledger/records.hpp"

#include <boost/json/array.hpp>

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace ulak::kinds::sms {

class plan_samples {
  public:
    /// `common_text` is that of the items that have none of their own. `seed` decides which one is taken at random.
    plan_samples(std::string common_text, std::uint64_t seed);

    /// Those that are skipped do not count.
    void add(const std::vector<ledger::item_record>& block);
    /// [{"which":"longest"|"shortest"|"random","phone","text","segments"}]; where all have one text, that one alone.
    boost::json::array to_json() const;

  private:
    const std::string& text_of(const ledger::item_record& item) const;

    std::string common_text_;
    std::mt19937_64 dice_;
    std::int64_t seen_ = 0;
    std::optional<ledger::item_record> longest_{}, shortest_{}, random_{};
};

} // namespace ulak::kinds::sms
