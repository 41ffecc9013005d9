#include "kinds/sms_send/earlier_recipients.hpp"

#include "core/text.hpp"
#include "kinds/sms_send/progress.hpp"
#include "kinds/sms_send/recipient_source.hpp"
#include "kinds/sms_send/send_order.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace ulak::kinds::sms {

using ledger::item_state;

namespace {

/// Words of people, not of the run: these are asked for again when the new run is listed and sent.
bool is_about_the_person(const std::string& reason)
{
    return reason == "opt-out" || reason == "sent-within" || reason == "reached";
}

/// Older versions did not keep whether a row had been listed to be sent.
bool was_stopped(const std::string& reason)
{
    return reason == "cancelled" || reason == "stopped" || reason == "window" || reason == "rehearsal";
}

std::vector<item_state> states_of(const std::string& only)
{
    if (only == "unsent")
        return {item_state::skipped};
    if (only == "rejected")
        return {item_state::rejected};
    return {item_state::rejected, item_state::undelivered};
}

/// The text of all, where nothing in it comes from a column: every name is a parameter.
result<std::optional<measured_text>> text_of_today(const settings& s, const std::map<std::string, std::string>& params,
                                                   const text_limits& limits)
{
    for (const std::string& name : s.message.text.names())
        if (!params.contains(name))
            return std::optional<measured_text>();
    auto text = s.message.text.render([&](std::string_view name) -> const std::string* {
        const auto param = params.find(std::string(name));
        return param == params.end() ? nullptr : &param->second;
    });
    if (!text)
        return text.error();
    auto measured = measure(*text, limits);
    if (!measured)
        return measured.error();
    return std::optional<measured_text>(std::move(*measured));
}

} // namespace

bool is_taken(const std::string& only, const ledger::item_record& item)
{
    const auto states = states_of(only);
    if (std::ranges::find(states, item.state) == states.end())
        return false;
    return item.state != item_state::skipped ||
           (item.holds ? !is_about_the_person(item.reason) : was_stopped(item.reason));
}

task<result<void>> earlier_recipients::open()
{
    auto earlier = co_await context_.store().run(context_.run().of);
    if (!earlier)
        co_return earlier.error();
    if (!ledger::is_final(earlier->state))
        co_return error(errc::conflict, "run " + earlier->id.text() + " has not ended");
    auto stood = progress_from(earlier->progress);
    if (!stood)
        co_return stood.error();
    auto today = text_of_today(settings_, context_.params(), limits_);
    if (!today)
        co_return today.error();
    texts_of_today_ = today->has_value();
    common_ = texts_of_today_ ? std::move(*today) : std::move(stood->common_text);
    co_return result<void>();
}

/// A row of the earlier run as one of this run; what does not fit the job's limits of today is skipped.
void earlier_recipients::take(const ledger::item_record& from, std::vector<ledger::item_record>& block) const
{
    ledger::item_record item;
    item.phone = from.phone;
    const bool own_text = !from.text.empty() && !texts_of_today_;
    if (!own_text && common_) {
        item.segments = common_->segments;
    } else if (auto measured = measure(from.text, limits_); own_text && measured) {
        item.segments = measured->segments;
        item.text = std::move(measured->text);
    } else {
        item.state = item_state::skipped;
        item.reason = "text";
    }
    block.push_back(std::move(item));
}

task<result<std::vector<ledger::item_record>>> earlier_recipients::next(std::int64_t after, std::int64_t position)
{
    taken_until_ = after;
    std::vector<ledger::item_record> block;
    while (block.empty()) {
        ledger::item_query q;
        q.run = context_.run().of;
        q.states = states_of(context_.run().only);
        q.after = taken_until_;
        q.limit = block_size;
        auto page = co_await context_.store().items(std::move(q));
        if (!page)
            co_return page.error();
        if (page->empty())
            co_return block;
        taken_until_ = page->back().position;
        for (const ledger::item_record& i : *page)
            if (is_taken(context_.run().only, i))
                take(i, block);
    }
    for (ledger::item_record& i : block)
        i.position = position++;
    auto left_out = co_await leave_out_forbidden(block);
    if (!left_out)
        co_return left_out.error();
    co_return block;
}

task<result<void>> earlier_recipients::leave_out_forbidden(std::vector<ledger::item_record>& block)
{
    std::vector<phone> numbers;
    for (const ledger::item_record& i : block)
        if (i.state == item_state::pending)
            numbers.push_back(phone::parse(i.phone).value());
    const auto rules = rules_of(settings_, context_.run(), numbers);
    auto asked = recipient_rules_at(rules, context_.clock().wall_now());
    auto forbidden = co_await context_.store().forbidden_recipients(std::move(asked));
    if (!forbidden)
        co_return forbidden.error();
    std::map<std::string, std::string> reasons;
    for (const ledger::forbidden_recipient& f : *forbidden)
        reasons.emplace(f.phone, f.reason);
    for (ledger::item_record& i : block) {
        const auto found = reasons.find(i.phone);
        if (i.state != item_state::pending || found == reasons.end())
            continue;
        i.state = item_state::skipped;
        i.reason = found->second;
        i.segments = 0;
        i.text.clear();
    }
    co_return result<void>();
}

error earlier_recipients::nobody() const
{
    return error(errc::not_found, "run " + context_.run().of.text() + " has no recipients that are " +
                                      context_.run().only + ": there is nobody to go on with");
}

} // namespace ulak::kinds::sms
