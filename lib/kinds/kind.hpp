// What a kind of job is: its keys, how it is prepared from a file, how it runs.
#pragma once

#include "async/task.hpp"
#include "job/document.hpp"
#include "kinds/background_task.hpp"
#include "kinds/run_context.hpp"
#include "providers/account.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ulak::kinds {

/// How a run leaves its kind. `interrupted`: the daemon stops; the run stays as it is in the store and goes on at the
/// next start.
struct ending {
    explicit ending(ledger::run_state state_, std::optional<error> why_ = {}) : state(state_), failure(std::move(why_))
    {}
    static ending stopped()
    {
        ending e(ledger::run_state::running);
        e.interrupted = true;
        return e;
    }

    ledger::run_state state; ///< succeeded, failed, cancelled or attention
    std::optional<error> failure;
    bool interrupted = false;
};

/// A job file, checked and typed. Immutable, shared by its runs.
class prepared_job {
  public:
    virtual ~prepared_job() = default;

    /// Runs from where `c.run().progress` says, be it the beginning or the middle after a crash. Never throws for what
    /// the world does. Everything that the outside may rely on is committed before it is told.
    virtual task<ending> run(run_context& c) const = 0;

    /// What a run would do: recipients by reason, segments, cost, digest … Sends nothing and costs nothing.
    virtual task<result<boost::json::object>> plan(run_context& c) const = 0;

    /// How long after a message the job asks whether a number had one. The store remembers it as long, also where
    /// recipients are purged before.
    virtual std::chrono::milliseconds asks_back() const { return std::chrono::milliseconds(0); }

    /// Whether a person may hold a run of it, and let it go on later. What runs against a provider's clock cannot wait.
    virtual bool can_pause() const { return false; }
    /// Whether a new run can go on with those recipients of an earlier one that got nothing.
    virtual bool can_go_on() const { return false; }

    /// Why a run that begins then would not act at once, in words that go on a line; empty: it would.
    virtual std::string waiting_reason(wall_point begun) const
    {
        (void)begun;
        return {};
    }
};

/// What a kind may look at when a file is loaded.
struct load_context {
    const providers::accounts& accounts;
    std::string config_dir; ///< CSV paths stay below it unless absolute
    time_zone zone;
    /// The file of a run that has begun: what it names may be gone since, and the run, which has its list in the store
    /// by then or reads it itself, can go on without.
    bool for_stored_run = false;
};

/// Reports what is wrong across keys and with the named accounts; nullptr if there is an error.
using preparer =
    std::function<std::shared_ptr<const prepared_job>(const job::document&, const load_context&, yaml::problems&)>;

/// The attention entry of a run that could not go on. The engine raises it, whatever the kind.
inline constexpr char unsettled_entry[] = "unsettled";

/// The attention entry of a run that waits because what it bought was bought at another site or login than its account
/// has now. The engine raises it, and closes it when the run goes on.
inline constexpr char account_changed_entry[] = "account-changed";

/// An attention entry that a kind raises, and that does not mean what most entries mean: whether a purchase took
/// effect. A run with such an entry has failed, whatever an operator says about the entry.
struct failure_entry {
    std::string_view kind;     ///< attention_record::kind
    bool about_refund = false; ///< "done" means that the refund has come, "not-done" that it has not
};

/// Everything the layers above know of a kind. Only the first two are needed.
struct kind {
    job::kind_definition definition;
    preparer prepare;
    /// Keys of `result` whose values are secret: wiped from the result and the progress once `retention.codes` has
    /// passed. What those see of a result who may only look is listed in `control/detail/public_answers.hpp`.
    std::vector<std::string> secret_results{};
    /// Keys of `result` that hold a phone number: wiped once `retention.items` has passed.
    std::vector<std::string> phone_results{};
    /// Later runs look into the progress of those that have ended: it stays with the run. Otherwise it goes with the
    /// recipients and parameters.
    bool keeps_progress = false;
    std::vector<failure_entry> failure_entries{};
    background_factory background{};
};

} // namespace ulak::kinds
