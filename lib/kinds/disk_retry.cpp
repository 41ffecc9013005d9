#include "kinds/disk_retry.hpp"

#include "async/backoff.hpp"
#include "kinds/waiting.hpp"

namespace ulak::kinds {
namespace {

constexpr std::chrono::seconds first_disk_retry(1);
constexpr std::chrono::seconds longest_disk_retry(30);

} // namespace

task<result<void>> retry_while_disk_refuses(run_context& c, on_stop policy, std::function<task<result<void>>()> attempt)
{
    async::backoff waits(first_disk_retry, 2, longest_disk_retry, 0);
    while (true) {
        auto work = attempt();
        auto done = co_await std::move(work);
        if (done || done.error().code != errc::unavailable)
            co_return done;
        if (policy == on_stop::keep_trying) {
            co_await c.clock().sleep_for(waits.next());
            continue;
        }
        if (c.stopping())
            co_return error(errc::cancelled, "the daemon stops before the disk took the run's state");
        co_await sleep_for(c, waits.next());
    }
}

} // namespace ulak::kinds
