#include "kinds/smm_order/linked_runs.hpp"

#include <optional>
#include <utility>

namespace ulak::kinds::smm {
namespace {

constexpr std::size_t runs_per_page = 200;

/// Its progress, if it is about an order for this link on this account.
std::optional<progress> progress_for_link(const shared_run& run, const ledger::run_record& other,
                                          const std::string& link)
{
    if (other.kind != run.context.run().kind || other.id == run.context.run().id)
        return std::nullopt;
    auto theirs = progress_from(other.progress);
    if (!theirs || theirs->link != link || theirs->account != run.account->name)
        return std::nullopt;
    return *std::move(theirs);
}

} // namespace

task<result<void>> visit_linked_runs(const shared_run& run, const std::string& link,
                                     std::vector<ledger::run_state> states, wall_point oldest, visit_run visit)
{
    ledger::run_query q;
    q.states = std::move(states);
    q.limit = runs_per_page;
    while (true) {
        auto copy = q;
        auto page = co_await run.context.store().runs(std::move(copy));
        if (!page)
            co_return page.error();
        for (const ledger::run_record& r : *page)
            if (const auto theirs = progress_for_link(run, r, link); theirs && !visit(r, *theirs))
                co_return result<void>();
        if (page->size() < q.limit || page->back().created_at < oldest)
            co_return result<void>();
        q.before = page->back().id.text();
    }
}

} // namespace ulak::kinds::smm
