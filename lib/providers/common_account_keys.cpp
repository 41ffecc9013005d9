#include "providers/common_account_keys.hpp"

namespace ulak::providers {
namespace {

std::vector<std::string> provider_names(protocol_table table)
{
    std::vector<std::string> names;
    for (const auto& p : table)
        names.push_back(p.name);
    return names;
}

yaml::shape_ptr budget()
{
    return yaml::record("What this account may spend, whatever its jobs are allowed.",
                        {yaml::optional("day", yaml::amount("In one day of the configured time zone.", "300 TRY"))});
}

} // namespace

std::vector<yaml::key> common_account_keys(protocol_table table)
{
    return {
        yaml::required("provider", yaml::choice("The protocol that the account's site speaks.", provider_names(table))),
        yaml::optional("base_url", yaml::text("Another site that speaks the same protocol, or the simulator. What was "
                                              "bought at the site before waits in attention until it is put back, or "
                                              "`ulakctl adopt ACCOUNT` says that both are one wallet.",
                                              "https://127.0.0.1:8443/api/v1")),
        yaml::optional("ca_file", yaml::text("Certificates to trust for this account instead of tls.ca_file.",
                                             "/etc/ulak/ca.pem")),
        yaml::optional("pace", yaml::rate("How fast the account may be used.", "20 requests/s")),
        yaml::optional("connections", yaml::integer("Connections that are open at once.", 1, 256), "8"),
        yaml::optional("timeout",
                       yaml::duration("How long a call may take: 30s, and 90s for ordering a number, if it is "
                                      "not set.",
                                      "30s")),
        yaml::optional("budget", budget()),
        yaml::optional("price_per_segment",
                       yaml::amount("What one segment of an SMS costs, of an account that is paid in money: budgets "
                                    "count with it until a report has told the price.",
                                    "0.0372 TRY")),
        yaml::optional("shared",
                       yaml::boolean("Whether anyone else spends from the account. If not, its balance is "
                                     "evidence of what became of a purchase."),
                       "true"),
        yaml::optional("purchases", yaml::integer("Costly calls in flight at once: 1 where the provider has no list of "
                                                  "orders to look a lost one up in, else 8.",
                                                  1, 64))};
}

} // namespace ulak::providers
