#include "kinds/sms_send/plan_samples.hpp"

#include <boost/json/object.hpp>

#include <string_view>
#include <tuple>
#include <utility>

namespace ulak::kinds::sms {

namespace json = boost::json;

plan_samples::plan_samples(std::string common_text, std::uint64_t seed)
    : common_text_(std::move(common_text)), dice_(seed)
{}

const std::string& plan_samples::text_of(const ledger::item_record& item) const
{
    return item.text.empty() ? common_text_ : item.text;
}

void plan_samples::add(const std::vector<ledger::item_record>& block)
{
    const auto length = [this](const ledger::item_record& i) { return std::tuple(i.segments, text_of(i).size()); };
    for (const ledger::item_record& i : block) {
        if (i.state != ledger::item_state::pending)
            continue;
        if (!longest_ || length(i) > length(*longest_))
            longest_ = i;
        if (!shortest_ || length(i) < length(*shortest_))
            shortest_ = i;
        // Each of the n seen so far is the one at random with 1/n.
        if (std::uniform_int_distribution<std::int64_t>(0, seen_++)(dice_) == 0)
            random_ = i;
    }
}

json::array plan_samples::to_json() const
{
    json::array all;
    const auto add_sample = [&](std::string_view which, const std::optional<ledger::item_record>& i) {
        if (i)
            all.push_back({{"which", which}, {"phone", i->phone}, {"text", text_of(*i)}, {"segments", i->segments}});
    };
    const bool all_alike = longest_ && longest_->text.empty() && shortest_->text.empty();
    if (!all_alike) {
        add_sample("longest", longest_);
        add_sample("shortest", shortest_);
    }
    add_sample("random", random_);
    return all;
}

} // namespace ulak::kinds::sms
