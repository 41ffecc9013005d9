#include "engine/detail/attempt_changes.hpp"

#include "core/text.hpp"
#include "engine/detail/shared_state.hpp"
#include "events/event_names.hpp"

#include <algorithm>

namespace ulak::engine {
namespace {

constexpr auto first_retry = std::chrono::seconds(1);
constexpr auto longest_retry = std::chrono::minutes(10);
/// About a day of attempts, for a notice that does not say when it was made.
constexpr int most_attempts = 150;

bool is_expired(const parsed_notice& notice, wall_point now)
{
    const auto made = parse_rfc3339(notice.field("time"));
    return made ? now - *made >= notice_lifetime : notice.notice.attempts > most_attempts;
}

events::event attempt_event(const parsed_notice& notice, const attempt& made, const ledger::update_notice& update)
{
    const auto& channel = notice.notice.channel;
    if (!made.failure && made.note.empty())
        return make_event(events::notify_sent, events::level::info, "notice sent to " + channel);
    if (!made.failure)
        return make_event(events::notify_sent, events::level::warning, "notice sent to " + channel + ", " + made.note);
    const auto level = update.given_up ? events::level::error : events::level::warning;
    const char* outcome = update.given_up ? " given up: " : " failed: ";
    return make_event(events::notify_failed, level, "notice to " + channel + outcome + update.last_error);
}

} // namespace

std::chrono::milliseconds retry_after(int attempts) noexcept
{
    const auto doubled = first_retry * (std::int64_t(1) << std::clamp(attempts - 1, 0, 20));
    return std::min<std::chrono::milliseconds>(doubled, longest_retry);
}

ledger::batch attempt_changes(const parsed_notice& notice, const attempt& made, wall_point now, bool trusted)
{
    ledger::update_notice update;
    update.id = notice.notice.id;
    update.attempts = notice.notice.attempts + 1;
    update.sent = !made.failure;
    update.given_up = made.failure && (!made.retry || (trusted && is_expired(notice, now)));
    update.next_at = now + retry_after(update.attempts);
    update.last_error = made.failure ? printable(made.failure->message) : std::string();

    auto e = attempt_event(notice, made, update);
    e.job = notice.field("job");
    e.run = notice.field("run");
    e.kind = notice.field("kind");
    e.data["notice"] = notice.notice.id.text();
    e.data["channel"] = notice.notice.channel;
    e.data["moment"] = notice.notice.moment;
    e.data["attempts"] = update.attempts;
    if (made.failure) {
        e.data["given_up"] = update.given_up;
        if (!update.given_up)
            e.data["next_at"] = rfc3339(update.next_at);
    }
    ledger::batch all;
    all.push_back(std::move(update));
    all.push_back(ledger::append_event{std::move(e)});
    return all;
}

} // namespace ulak::engine
