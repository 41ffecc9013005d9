#include "engine/detail/outbox.hpp"

#include "core/failpoint.hpp"
#include "core/text.hpp"
#include "engine/detail/runner.hpp"
#include "events/event_names.hpp"

#include <algorithm>

namespace ulak::engine {
namespace {

constexpr std::size_t batch_limit = 256;
/// How soon a notice of a run that is going on is seen: its kind commits it without telling the outbox.
constexpr auto look_again = std::chrono::milliseconds(1000);
constexpr auto first_retry = std::chrono::seconds(1);
constexpr auto longest_retry = std::chrono::minutes(10);
/// Notices that wait for a later attempt are asked for with those that are due.
constexpr auto horizon = std::chrono::hours(24 * 365);

bool is_expired(const parsed_notice& l, wall_point now)
{
    const auto made = parse_rfc3339(l.field("time"));
    return made ? now - *made >= notice_lifetime : l.notice.attempts > 150;
}

ledger::batch attempt_changes(const parsed_notice& l, const attempt& a, wall_point now)
{
    ledger::update_notice s;
    s.id = l.notice.id;
    s.attempts = l.notice.attempts + 1;
    s.sent = !a.failure;
    s.given_up = a.failure && (!a.retry || is_expired(l, now));
    s.next_at = now + retry_after(s.attempts);
    s.last_error = a.failure ? printable(a.failure->message) : std::string();
    auto e = a.failure ? make_event(events::notify_failed, s.given_up ? events::level::error : events::level::warning,
                          "notice to " + l.notice.channel + (s.given_up ? " given up: " : " failed: ") + s.last_error)
                   : make_event(events::notify_sent, events::level::info, "notice sent to " + l.notice.channel);
    e.job = l.field("job");
    e.run = l.field("run");
    e.kind = l.field("kind");
    e.data["notice"] = l.notice.id.text();
    e.data["channel"] = l.notice.channel;
    e.data["moment"] = l.notice.moment;
    e.data["attempts"] = s.attempts;
    if (a.failure) {
        e.data["given_up"] = s.given_up;
        if (!s.given_up)
            e.data["next_at"] = rfc3339(s.next_at);
    }
    ledger::batch all;
    all.push_back(std::move(s));
    all.push_back(ledger::append_event{std::move(e)});
    return all;
}

} // namespace

std::chrono::milliseconds retry_after(int attempts) noexcept
{
    const auto doubled = first_retry * (std::int64_t(1) << std::clamp(attempts - 1, 0, 20));
    return std::min<std::chrono::milliseconds>(doubled, longest_retry);
}

outbox::due_notices outbox::group_by_channel(std::vector<ledger::notice_record> waiting) const
{
    due_notices p;
    const auto now = shared_.wall();
    for (auto& n : waiting) {
        if (n.next_at <= now) {
            if (!busy_channels_.contains(n.channel)) // else it is looked at again when the channel is free
                p.due[n.channel].push_back(std::move(n));
        } else if (!p.next || n.next_at < *p.next) {
            p.next = n.next_at;
        }
    }
    return p;
}

std::optional<async::steady_point> outbox::wake_time(const due_notices& p, bool in_trouble) const
{
    std::optional<std::chrono::milliseconds> nap;
    if (in_trouble || runs_.any_notify_rules())
        nap = look_again;
    if (p.next) {
        const auto wait = std::clamp<std::chrono::milliseconds>(*p.next - shared_.wall(), look_again, longest_retry);
        nap = std::min(nap.value_or(wait), wait);
    }
    return nap ? std::optional(shared_.steady_in(*nap)) : std::nullopt;
}

task<> outbox::loop()
{
    while (!shared_.stopping) {
        auto waiting = co_await shared_.store().notices_due(shared_.wall() + horizon, batch_limit);
        const bool in_trouble = !waiting;
        due_notices p;
        if (waiting)
            p = group_by_channel(std::move(*waiting));
        for (auto& [channel, due] : p.due) {
            busy_channels_.insert(channel);
            shared_.background_tasks.spawn("notices to " + channel, deliver(channel, std::move(due)));
        }
        const auto until = wake_time(p, in_trouble);
        co_await shared_.notice_wakeup.wait(shared_.deps.time, until);
    }
}

task<> outbox::deliver(std::string channel, std::vector<ledger::notice_record> due)
{
    for (auto& n : due) {
        if (shared_.stopping)
            break;
        const bool stored = co_await deliver_one(channel, std::move(n));
        if (!stored)
            break;
    }
    busy_channels_.erase(channel);
    shared_.notice_wakeup.set();
}

task<bool> outbox::deliver_one(std::string channel, ledger::notice_record notice)
{
    const parsed_notice what(std::move(notice));
    ULAK_FAILPOINT("notice/send");
    auto a = co_await send_to_channel(channel, what);
    if (a.failure && a.failure->code == errc::cancelled)
        co_return true; // no attempt: the daemon stops
    ULAK_FAILPOINT("notice/sent");
    auto outcome = attempt_changes(what, a, shared_.wall());
    auto done = co_await shared_.deps.recorder.commit(std::move(outcome));
    ULAK_FAILPOINT("notice/settled");
    if (!done) // told twice rather than never: the id lets the receiver see it
        co_await shared_.deps.time.sleep_for(look_again);
    co_return done.has_value();
}

task<attempt> outbox::send_to_channel(const std::string& channel, const parsed_notice& what)
{
    const auto held = shared_.notify_channels;
    const auto found = held->find(channel);
    if (found == held->end())
        co_return attempt(error(errc::not_found, "there is no channel " + channel + " any more"), false);
    auto& way = found->second.destination;
    if (auto* hook = std::get_if<webhook>(&way))
        co_return co_await deliver_to_webhook(shared_, *hook, what);
    if (const auto* sms = std::get_if<sms_channel>(&way))
        co_return co_await deliver_by_sms(shared_, *sms, what);
    co_return co_await deliver_to_program(shared_, std::get<program>(way), what);
}

} // namespace ulak::engine
