// Those who stay without a report when a run ends, with the provider's words on them.
#pragma once

#include "kinds/run_context.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <map>
#include <string>

namespace ulak::kinds::sms {

/// Submitted recipients by the word that stands with them.
struct open_reports {
    std::int64_t open = 0, of = 0; ///< of those whom the provider took
    std::map<std::string, std::int64_t> words{};

    /// "3 of 4 without report: provider says `waiting` (2), `sent`"; empty where nobody is open.
    std::string sentence() const;
    /// {"without","of","words":{WORD:recipients}}
    boost::json::object to_json() const;
};

/// Counts them in the store, block by block. `of`: recipients whom the provider took. Errors are those of the store.
task<result<open_reports>> count_open_reports(run_context& c, std::int64_t of);

} // namespace ulak::kinds::sms
