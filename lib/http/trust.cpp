#include "http/trust.hpp"

#include "http/tls/trust_store.hpp"

#include <algorithm>

namespace ulak::http {

result<void> check_ca_file(const std::string& ca_file)
{
    return trust_store(ca_file).renew();
}

result<std::vector<std::string>> renew_trust(bool dry_run)
{
    std::vector<std::string> changed;
    for (const auto& store : trust_store::live()) {
        if (!store->is_outdated())
            continue;
        auto usable = dry_run ? check_ca_file(store->ca_file()) : store->renew();
        if (!usable)
            return usable.error();
        if (std::ranges::find(changed, store->ca_file()) == changed.end())
            changed.push_back(store->ca_file());
    }
    return changed;
}

} // namespace ulak::http
