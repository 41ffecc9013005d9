#include "ulakd/shared_logins.hpp"

#include "providers/account_identity.hpp"
#include "providers/registry.hpp"
#include "ulakd/codes.hpp"

#include <string>
#include <utility>

namespace ulak::daemon {

namespace {

void warn(const yaml::reader& in, const std::string& name, const std::string& earlier, yaml::problems& found)
{
    for (const auto& [entry, account] : in.entries("accounts")) {
        if (entry != name)
            continue;
        auto p = account.problem_at_place(
            account.place_of_record(), code::one_wallet,
            "accounts " + earlier + " and " + name + " have one login: they are one wallet",
            "they share purchases in flight, day budgets and the evidence of balances; one name would do");
        p.level = yaml::severity::warning;
        p.source.clear(); // with literal secrets, the line would show one
        found.push_back(std::move(p));
    }
}

} // namespace

void report_shared_logins(const yaml::reader& in, const std::vector<providers::account_settings>& accounts,
                          yaml::problems& found)
{
    std::vector<std::pair<providers::account_identity, std::string>> known;
    for (const auto& account : accounts) {
        const auto identity = providers::identity_of(account, *providers::find_protocol(account.provider));
        const std::string* earlier = nullptr;
        for (const auto& [other, name] : known)
            if (other == identity && !earlier)
                earlier = &name;
        if (earlier)
            warn(in, account.name, *earlier, found);
        known.emplace_back(identity, account.name);
    }
}

} // namespace ulak::daemon
