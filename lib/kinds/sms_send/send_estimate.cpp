#include "kinds/sms_send/send_estimate.hpp"

#include <algorithm>
#include <utility>

namespace ulak::kinds::sms {
namespace {

/// Openings that are looked at: some three years of days.
constexpr int most_openings = 1000;

} // namespace

send_estimate::send_estimate(const settings& s, const providers::sms_sender& provider, std::string common_text)
    : settings_(s), provider_(provider), common_text_(std::move(common_text))
{}

void send_estimate::add(const std::vector<ledger::item_record>& block)
{
    for (const ledger::item_record& i : block) {
        if (i.state != ledger::item_state::pending)
            continue;
        ++page_[i.text];
        ++recipients_;
        segments_ += std::max(1, i.segments);
        if (++in_page_ >= settings_.chunk)
            finish();
    }
}

std::int64_t send_estimate::calls_for(const std::string& text, std::int64_t recipients) const
{
    const std::size_t room = provider_.max_recipients_beside(text.empty() ? common_text_ : text);
    const auto most = static_cast<std::int64_t>(std::max<std::size_t>(1, room));
    return (recipients + most - 1) / most;
}

void send_estimate::finish()
{
    const bool several_texts = provider_.max_texts() > 1;
    if (several_texts && !page_.empty())
        requests_ += calls_for(page_.begin()->first, static_cast<std::int64_t>(in_page_));
    if (!several_texts)
        for (const auto& [text, recipients] : page_)
            requests_ += calls_for(text, recipients);
    page_.clear();
    in_page_ = 0;
}

std::chrono::milliseconds send_estimate::pace_time() const
{
    if (!settings_.pace || settings_.pace->per_second <= 0)
        return std::chrono::milliseconds(0);
    const auto& unit = settings_.pace->unit;
    const std::int64_t tokens = unit == "requests" ? requests_ : unit == "segments" ? segments_ : recipients_;
    const auto seconds = static_cast<double>(tokens) / settings_.pace->per_second;
    return std::chrono::ceil<std::chrono::milliseconds>(std::chrono::duration<double>(seconds));
}

std::optional<wall_point> end_of_sending(const std::optional<job::window>& window, wall_point begin,
                                         std::chrono::milliseconds needed)
{
    if (!window)
        return begin + needed;
    for (int n = 0; n < most_openings; ++n) {
        const auto opens = window->next_open(begin);
        if (!opens)
            return std::nullopt;
        const auto closes = window->next_close(*opens);
        if (!closes || *opens + needed <= *closes)
            return *opens + needed;
        needed -= std::chrono::duration_cast<std::chrono::milliseconds>(*closes - *opens);
        begin = *closes;
    }
    return std::nullopt;
}

} // namespace ulak::kinds::sms
