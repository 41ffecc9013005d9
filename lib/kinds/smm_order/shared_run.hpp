// What the parts of one run share: its services, its settings and its stored progress.
#pragma once

#include "kinds/read_failures.hpp"
#include "kinds/run_context.hpp"
#include "kinds/smm_order/progress.hpp"
#include "kinds/smm_order/settings.hpp"

#include <memory>
#include <set>
#include <string>
#include <utility>

namespace ulak::kinds::smm {

/// Owned by smm_run. Every part of the run changes `progress` and saves it with what follows from the change.
struct shared_run {
    shared_run(run_context& c, const smm::settings& s, std::shared_ptr<providers::account> account_, smm::progress p)
        : context(c), settings(s), account(std::move(account_)), progress(std::move(p))
    {}

    run_context& context;
    const smm::settings& settings;
    std::shared_ptr<providers::account> account;
    smm::progress progress;
    read_failures failures{context};
    std::set<std::string> forgotten{}; ///< orders of others that the panel does not know, which was told
};

} // namespace ulak::kinds::smm
