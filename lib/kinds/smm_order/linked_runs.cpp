#include "kinds/smm_order/linked_runs.hpp"

#include "http/normal_link.hpp"
#include "kinds/purchase/effect_identity.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace ulak::kinds::smm {
namespace {

constexpr std::size_t runs_per_page = 200;

/// Its progress, if it is about an order for this link.
std::optional<progress> progress_for_link(const shared_run& run, const ledger::run_record& other,
                                          const std::string& link)
{
    if (other.kind != run.context.run().kind || other.id == run.context.run().id)
        return std::nullopt;
    auto theirs = progress_from(other.progress);
    if (!theirs || http::normal_link(theirs->link) != link)
        return std::nullopt;
    return *std::move(theirs);
}

} // namespace

task<result<bool>> shares_wallet(const shared_run& run, const run_id& other, const std::string& account)
{
    if (account == run.account->name)
        co_return true;
    // What it has bought tells; until then, what its account is now.
    ledger::effect_query q;
    q.run = other.text();
    auto effects = co_await run.context.store().effects(std::move(q));
    if (!effects)
        co_return effects.error();
    const auto here = [&run](const ledger::effect_record& e) { return was_made_at(e, *run.account); };
    if (std::ranges::any_of(*effects, here))
        co_return true;
    const auto named = run.context.account(account);
    co_return named && named->identity.known() && named->identity == run.account->identity;
}

task<result<void>> visit_linked_runs(const shared_run& run, const std::string& link,
                                     std::vector<ledger::run_state> states, wall_point oldest, visit_run visit)
{
    const std::string wanted = http::normal_link(link);
    ledger::run_query q;
    q.states = std::move(states);
    q.limit = runs_per_page;
    while (true) {
        auto copy = q;
        auto page = co_await run.context.store().runs(std::move(copy));
        if (!page)
            co_return page.error();
        for (const ledger::run_record& r : *page) {
            const auto theirs = progress_for_link(run, r, wanted);
            if (!theirs)
                continue;
            auto shared = co_await shares_wallet(run, r.id, theirs->account);
            if (!shared)
                co_return shared.error();
            if (*shared && !visit(r, *theirs))
                co_return result<void>();
        }
        if (page->size() < q.limit || page->back().created_at < oldest)
            co_return result<void>();
        q.before = page->back().id.text();
    }
}

} // namespace ulak::kinds::smm
