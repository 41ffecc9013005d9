#include "kinds/sms_send/gate_refusal.hpp"

#include "kinds/waiting.hpp"

#include <chrono>

namespace ulak::kinds::sms {
namespace {

/// How often a run is tried again that the store has as paused.
constexpr std::chrono::seconds pause_poll(10);

} // namespace

task<> wait_after_gate(run_context& c, const error& why)
{
    const bool told = c.stopping() || c.cancel_requested();
    if (why.code == errc::paused || (why.code == errc::cancelled && !told))
        co_await sleep_for(c, pause_poll); // the store knew it first
}

} // namespace ulak::kinds::sms
