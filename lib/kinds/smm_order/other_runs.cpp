// Other runs that are about the same link, page by page.
#include "kinds/smm_order/smm_run.hpp"

namespace ulak::kinds::smm {

constexpr std::size_t runs_per_page = 200;

/// Its progress, where it is about an order for this link on this account.
std::optional<progress> smm_run::progress_for_link(const ledger::run_record& run, const std::string& link) const
{
    if (run.kind != context_.run().kind || run.id == context_.run().id)
        return std::nullopt;
    auto theirs = progress_from(run.progress);
    if (!theirs || theirs->link != link || theirs->account != account_->name)
        return std::nullopt;
    return *std::move(theirs);
}

task<result<void>> smm_run::visit_runs(const std::string& link, std::vector<ledger::run_state> states,
                                         wall_point oldest, visit_run visit)
{
    ledger::run_query q;
    q.states = std::move(states);
    q.limit = runs_per_page;
    while (true) {
        auto copy = q;
        auto reading = context_.store().runs(std::move(copy));
        auto page = co_await std::move(reading);
        if (!page)
            co_return page.error();
        for (const ledger::run_record& r : *page)
            if (const auto theirs = progress_for_link(r, link); theirs && !visit(r, *theirs))
                co_return result<void>();
        if (page->size() < q.limit || page->back().created_at < oldest)
            co_return result<void>();
        q.before = page->back().id.text();
    }
}

} // namespace ulak::kinds::smm
