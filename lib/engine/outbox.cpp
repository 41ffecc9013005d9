#include "engine/outbox.hpp"

#include "core/failpoint.hpp"
#include "core/text.hpp"
#include "engine/runner.hpp"
#include "events/names.hpp"

#include <algorithm>

namespace ulak::engine {
namespace {

constexpr std::size_t most_at_once = 256;
/// How soon a notice of a run that is going on is seen: its kind commits it without telling the outbox.
constexpr auto look_again = std::chrono::milliseconds(1000);
constexpr auto first_retry = std::chrono::seconds(1);
constexpr auto last_retry = std::chrono::minutes(10);
/// Notices that wait for a later attempt are asked for with those that are due.
constexpr auto look_ahead = std::chrono::hours(24 * 365);

bool too_old(const letter& l, wall_point now)
{
    const auto made = parse_rfc3339(l.field("time"));
    return made ? now - *made >= notice_lifetime : l.notice.attempts > 150;
}

ledger::batch outcome_of(const letter& l, const attempt& a, wall_point now)
{
    ledger::update_notice s;
    s.id = l.notice.id;
    s.attempts = l.notice.attempts + 1;
    s.sent = !a.why;
    s.given_up = a.why && (!a.retry || too_old(l, now));
    s.next_at = now + retry_after(s.attempts);
    s.last_error = a.why ? printable(a.why->message) : std::string();
    auto e = a.why ? tell(events::notify_failed, s.given_up ? events::level::error : events::level::warning,
                          "notice to " + l.notice.channel + (s.given_up ? " given up: " : " failed: ") + s.last_error)
                   : tell(events::notify_sent, events::level::info, "notice sent to " + l.notice.channel);
    e.job = l.field("job");
    e.run = l.field("run");
    e.kind = l.field("kind");
    e.data["notice"] = l.notice.id.text();
    e.data["channel"] = l.notice.channel;
    e.data["moment"] = l.notice.moment;
    e.data["attempts"] = s.attempts;
    if (a.why) {
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
    return std::min<std::chrono::milliseconds>(doubled, last_retry);
}

outbox::pile outbox::sort(std::vector<ledger::notice_record> waiting) const
{
    pile p;
    const auto now = core_.wall();
    for (auto& n : waiting) {
        if (n.next_at <= now) {
            if (!busy_.contains(n.channel)) // else it is looked at again when the channel is free
                p.due[n.channel].push_back(std::move(n));
        } else if (!p.next || n.next_at < *p.next) {
            p.next = n.next_at;
        }
    }
    return p;
}

std::optional<async::steady_point> outbox::wake_time(const pile& p, bool in_trouble) const
{
    std::optional<std::chrono::milliseconds> nap;
    if (in_trouble || runs_.anyone_tells())
        nap = look_again;
    if (p.next) {
        const auto wait = std::clamp<std::chrono::milliseconds>(*p.next - core_.wall(), look_again, last_retry);
        nap = std::min(nap.value_or(wait), wait);
    }
    return nap ? std::optional(core_.steady_in(*nap)) : std::nullopt;
}

task<> outbox::loop()
{
    while (!core_.stopping) {
        auto waiting = co_await core_.store().notices_due(core_.wall() + look_ahead, most_at_once);
        const bool in_trouble = !waiting;
        pile p;
        if (waiting)
            p = sort(std::move(*waiting));
        for (auto& [channel, due] : p.due) {
            busy_.insert(channel);
            core_.loops.spawn("notices to " + channel, deliver(channel, std::move(due)));
        }
        const auto until = wake_time(p, in_trouble);
        co_await core_.notice_bell.wait(core_.given.time, until);
    }
}

task<> outbox::deliver(std::string channel, std::vector<ledger::notice_record> due)
{
    for (auto& n : due) {
        if (core_.stopping)
            break;
        const bool stored = co_await deliver_one(channel, std::move(n));
        if (!stored)
            break;
    }
    busy_.erase(channel);
    core_.notice_bell.ring();
}

task<bool> outbox::deliver_one(std::string channel, ledger::notice_record notice)
{
    const letter what(std::move(notice));
    ULAK_FAILPOINT("notice/send");
    auto a = co_await hand_over(channel, what);
    if (a.why && a.why->code == errc::cancelled)
        co_return true; // no attempt: the daemon stops
    ULAK_FAILPOINT("notice/sent");
    auto outcome = outcome_of(what, a, core_.wall());
    auto done = co_await core_.given.record.commit(std::move(outcome));
    ULAK_FAILPOINT("notice/settled");
    if (!done) // told twice rather than never: the id lets the receiver see it
        co_await core_.given.time.sleep_for(look_again);
    co_return done.has_value();
}

task<attempt> outbox::hand_over(const std::string& channel, const letter& what)
{
    const auto held = core_.ways;
    const auto found = held->find(channel);
    if (found == held->end())
        co_return attempt(error(errc::not_found, "there is no channel " + channel + " any more"), false);
    auto& way = found->second.way;
    if (auto* hook = std::get_if<webhook>(&way))
        co_return co_await post(core_, *hook, what);
    if (const auto* sms = std::get_if<sms_channel>(&way))
        co_return co_await text(core_, *sms, what);
    co_return co_await feed(core_, std::get<program>(way), what);
}

} // namespace ulak::engine
