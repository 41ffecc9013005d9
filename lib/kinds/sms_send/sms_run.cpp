#include "kinds/sms_send/sms_run.hpp"

#include "kinds/sms_send/interrupted_calls.hpp"
#include "kinds/sms_send/list_search.hpp"
#include "kinds/sms_send/stop_sending.hpp"
#include "kinds/waiting.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace ulak::kinds::sms {

using ledger::item_state;
using ledger::run_state;

namespace {

/// How long the reports of what was sent are asked for once an operator has cancelled the rest.
constexpr std::chrono::minutes reports_after_cancel(1);

/// How a run ends whose sending stopped for this reason.
run_state state_for(errc stop_reason)
{
    if (stop_reason == errc::cancelled)
        return run_state::cancelled;
    return stop_reason == errc::ambiguous || stop_reason == errc::conflict ? run_state::attention : run_state::failed;
}

} // namespace

sms_run::sms_run(run_context& c, const settings& s, std::shared_ptr<providers::account> account, progress stored)
    : context_(c),
      settings_(s),
      account_(std::move(account)),
      progress_(c, std::move(stored)),
      lister_(c, s, account_, progress_),
      pacer_(c, s, progress_),
      purchaser_(c, s, account_, progress_),
      rehearsal_(c, s, limits_of(s.message, *account_), progress_, pacer_, purchaser_),
      reconciler_(c, s, account_, progress_),
      sender_(c, s, *account_, sender_dependencies{progress_, pacer_, purchaser_, reconciler_}),
      tracker_(c, account_, progress_)
{}

task<ending> sms_run::execute()
{
    co_await reset_cancellation();
    // List the recipients, or take up what an earlier process left.
    auto stage = stage_result::go_on();
    if (progress_->stage == run_stage::listing && !progress_->stop_reason)
        stage = co_await lister_.list();
    else
        stage = co_await restore();
    // Send to them, then follow the reports.
    if (stage.goes_on() && progress_->stage == run_stage::sending)
        stage = co_await send();
    if (stage.ends_early() || (stage.goes_on() && progress_->stage == run_stage::sending))
        stage = co_await begin_tracking();
    if (stage.goes_on()) {
        context_.stop_acting();
        stage = co_await tracker_.track();
    }
    if (stage.run_ending())
        co_return *stage.run_ending();
    co_return co_await finish();
}

/// Brings the items of interrupted calls in line with their effects, and reconciles the latest call. Earlier ones were
/// reconciled before their successors were sent, unless several were under way at once.
task<stage_result> sms_run::restore()
{
    auto effects = co_await restore_items(context_, progress_);
    if (!effects)
        co_return stage_result::fail(context_, effects.error());
    for (const ledger::effect_record& e : *effects) {
        const bool latest = e.step == "chunk/" + std::to_string(progress_->last_chunk);
        const bool beside_it = list_of(*account_) && account_->purchases > 1 && e.step.starts_with("chunk/");
        if (!latest && !beside_it)
            account_->reconciled->insert(e.id.text());
        if ((!latest && !beside_it) || e.state != ledger::effect_state::ambiguous)
            continue;
        auto done = co_await reconciler_.reconcile(e.id);
        if (!done.stage.goes_on())
            co_return done.stage;
    }
    if (progress_->stop_reason) // the earlier process did not get through all pending items
        co_return co_await stop_sending(context_, progress_, *progress_->stop_reason, item_state::skipped, "stopped");
    co_return stage_result::go_on();
}

task<stage_result> sms_run::send()
{
    auto stage = co_await rehearsal_.send();
    if (stage.goes_on())
        stage = co_await sender_.send_all();
    co_return stage;
}

/// Nothing more is sent, because all is sent or because the sending stopped early: the reports of what was sent are
/// asked for in both cases, after a cancellation not for long.
task<stage_result> sms_run::begin_tracking()
{
    if (progress_->stage == run_stage::tracking)
        co_return stage_result::go_on();
    const bool cancelled = progress_->stop_reason && progress_->stop_reason->code == errc::cancelled;
    const std::chrono::milliseconds longest =
        cancelled ? std::min<std::chrono::milliseconds>(reports_after_cancel, settings_.track_for)
                  : settings_.track_for;
    progress_->stage = run_stage::tracking;
    progress_->track_until = context_.clock().wall_now() + longest;
    co_await show_running(context_);
    auto saved = co_await progress_.save();
    if (!saved)
        co_return stage_result::interrupt();
    co_return stage_result::go_on();
}

task<ending> sms_run::finish()
{
    // An operator may have resolved ambiguous calls in the meantime.
    auto counted = co_await progress_.reload_counts();
    if (!counted)
        co_return ending::stopped();
    auto saved = co_await tracker_.save_result();
    if (!saved)
        co_return ending::stopped();
    // What is not known goes before why the run stopped, and that before what was reached.
    const std::int64_t ambiguous = progress_.count(item_state::ambiguous);
    if (ambiguous > 0 || progress_.count(item_state::submitting) > 0)
        co_return ending(
            run_state::attention,
            error(errc::ambiguous, std::to_string(ambiguous) + " recipients may have been messaged, see attention"));
    if (progress_->stop_reason)
        co_return ending(state_for(progress_->stop_reason->code), progress_->stop_reason);
    if (tracker_.cancelled())
        co_return ending(run_state::cancelled);
    const std::int64_t accepted = progress_.count(item_state::submitted) + progress_.count(item_state::delivered) +
                                  progress_.count(item_state::undelivered);
    if (accepted == 0 && progress_.count(item_state::rejected) > 0)
        co_return ending(run_state::failed, error(errc::validation, "the provider refused every message"));
    co_return ending(run_state::succeeded);
}

} // namespace ulak::kinds::sms
