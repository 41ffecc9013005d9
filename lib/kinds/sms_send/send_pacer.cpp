#include "kinds/sms_send/send_pacer.hpp"

#include "core/local_time_text.hpp"
#include "kinds/sms_send/stop_sending.hpp"
#include "kinds/waiting.hpp"

#include <algorithm>

namespace ulak::kinds::sms {

double tokens_for(const yaml::rate_value& pace, const std::vector<ledger::item_record>& chunk)
{
    if (pace.unit == "requests")
        return 1;
    if (pace.unit != "segments")
        return static_cast<double>(chunk.size());
    double sum = 0;
    for (const ledger::item_record& i : chunk)
        sum += std::max(1, i.segments);
    return sum;
}

send_pacer::send_pacer(run_context& c, const settings& s, stored_progress& progress)
    : context_(c), settings_(s), progress_(progress)
{
    if (s.pace)
        limiter_.emplace(c.clock(), async::token_bucket(s.pace->per_second, std::max(1.0, s.pace->per_second)));
}

task<> send_pacer::wait_for_pace(double tokens)
{
    co_await reset_cancellation();
    co_await limiter_->acquire(tokens); // a cancellation shows in the context's flags
    co_await reset_cancellation();
}

/// False when the window never opens. Returns early on a cancellation or a stop.
task<bool> send_pacer::wait_for_window()
{
    while (settings_.window && !context_.stopping() && !context_.cancel_requested()) {
        const wall_point now = context_.clock().wall_now();
        if (settings_.window->is_open(now))
            break;
        const auto opens = settings_.window->next_open(now);
        if (!opens)
            co_return false;
        auto wait = ledger::run_wait(ledger::waits_for_window, *opens);
        auto why = "waits for its window, which opens at " + local_time_text(*opens, settings_.window->zone);
        co_await show_waiting(context_, std::move(wait), std::move(why));
        co_await sleep_until_wall(context_, *opens);
    }
    co_return true;
}

/// Until the window is open and nobody holds the run. False when the window never opens.
task<bool> send_pacer::wait_while_held()
{
    do {
        co_await wait_while_paused(context_);
        const bool opens = co_await wait_for_window();
        if (!opens)
            co_return false;
    } while (context_.pause_requested() && !context_.stopping() && !context_.cancel_requested());
    if (!context_.stopping())
        co_await show_running(context_);
    co_return true;
}

task<stage_result> send_pacer::wait_for_turn(const std::vector<ledger::item_record>& chunk)
{
    if (limiter_)
        co_await wait_for_pace(tokens_for(*settings_.pace, chunk));
    const bool opens = co_await wait_while_held();
    if (!opens)
        co_return co_await stop_sending(context_, progress_, error(errc::window, "the window never opens"),
                                        ledger::item_state::skipped, "window");
    if (context_.stopping())
        co_return stage_result::interrupt();
    if (context_.cancel_requested())
        co_return co_await stop_cancelled(context_, progress_);
    co_return stage_result::go_on();
}

} // namespace ulak::kinds::sms
