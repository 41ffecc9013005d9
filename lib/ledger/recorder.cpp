#include "ledger/recorder.hpp"

#include "core/failpoint.hpp"
#include "events/clean.hpp"
#include "events/redact.hpp"

#include <variant>

namespace ulak::ledger {
namespace {

/// The last gate before the disk: texts that a provider may have had a hand in lose what looks like a known secret.
/// What runs work by (progress, results) is left as it is.
struct gate {
    wall_point now;

    void operator()(append_event& c) const
    {
        c.what.time = now;
        c.what = events::redacted(std::move(c.what));
    }
    void operator()(update_run& c) const
    {
        if (c.error_message)
            clean(*c.error_message);
    }
    void operator()(move_effect& c) const { clean(c.evidence); }
    void operator()(raise_attention& c) const { clean(c.entry.evidence); }
    void operator()(settle_notice& c) const { clean(c.last_error); }
    template<class Other>
    void operator()(Other&) const
    {}

    static void clean(std::string& text) { text = events::process_redactor().redact(text); }
};

} // namespace

task<result<receipt>> recorder::commit(batch changes)
{
    const gate pass{time_.wall_now()};
    for (auto& c : changes)
        std::visit(pass, c);
    auto made = co_await store_.commit(std::move(changes));
    if (!made)
        co_return made;
    ULAK_FAILPOINT("record/publish");
    for (const auto& e : made->events)
        out_.publish(e);
    co_return made;
}

task<result<void>> recorder::tell(events::event e)
{
    batch changes;
    changes.push_back(append_event{std::move(e)});
    auto made = co_await commit(std::move(changes));
    if (!made)
        co_return made.error();
    co_return result<void>();
}

} // namespace ulak::ledger
