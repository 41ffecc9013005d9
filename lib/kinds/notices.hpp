// Notices to the channels of a job's rules.
#pragma once

#include "core/wall_point.hpp"
#include "job/notify_rule.hpp"
#include "ledger/recorder.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace ulak::kinds {

/// What a notice is about. `run` is empty where there is none, as of a firing that was dropped.
struct notice_subject {
    std::string job{}, run{}, kind{};
};

bool has_moment(const job::notify_rule& rule, const std::string& moment);

/// One for each rule that has the moment, for the commit of what they report. The body is the webhook's:
/// {"id","event","time","job","run","kind","text","data"}.
ledger::batch notices_of(const std::vector<job::notify_rule>& rules, const notice_subject& about,
                         const std::string& moment, const std::string& text, const boost::json::object& data,
                         wall_point now);

} // namespace ulak::kinds
