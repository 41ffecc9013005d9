#include "kinds/notices.hpp"

#include "core/ids.hpp"
#include "core/rfc3339.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace ulak::kinds {

namespace json = boost::json;

bool has_moment(const job::notify_rule& rule, const std::string& moment)
{
    return std::find(rule.when.begin(), rule.when.end(), moment) != rule.when.end();
}

ledger::batch notices_of(const std::vector<job::notify_rule>& rules, const notice_subject& about,
                         const std::string& moment, const std::string& text, const json::object& data, wall_point now)
{
    ledger::batch all;
    for (const job::notify_rule& rule : rules) {
        if (!has_moment(rule, moment))
            continue;
        ledger::put_notice change;
        change.notice.id = notice_id(make_ulid(unix_ms(now)));
        change.notice.channel = rule.channel;
        change.notice.moment = moment;
        change.notice.next_at = now;
        json::object body{{"id", change.notice.id.text()}, {"event", moment}, {"time", rfc3339(now)}, {"job", about.job}};
        body["run"] = about.run.empty() ? json::value(nullptr) : json::value(about.run);
        body["kind"] = about.kind;
        body["text"] = text;
        body["data"] = data;
        change.notice.body = json::serialize(body);
        all.push_back(std::move(change));
    }
    return all;
}

} // namespace ulak::kinds
