#include "providers/iletimerkezi/protocol_descriptor.hpp"

#include "providers/detail/account_options.hpp"
#include "providers/detail/codes.hpp"
#include "providers/detail/required_secret.hpp"
#include "providers/iletimerkezi/client.hpp"

namespace ulak::providers::iletimerkezi {
namespace {

std::vector<yaml::key> keys()
{
    return {
        yaml::optional("key", yaml::secret("The API key from the panel's settings.")),
        yaml::optional("hash", yaml::secret("The hash that the panel shows beside the key.")),
        yaml::optional("secret_key", yaml::secret("Instead of hash, for older accounts: the secret key, from which the "
                                                  "hash is computed.")),
        yaml::optional("balance_field",
                       yaml::choice("Which balance counts: SMS credits, or lira for accounts that pay in lira.",
                                    {"credit", "money"}),
                       "credit"),
        yaml::optional(
            "duplicate_guard",
            yaml::boolean("Whether the site's refusal of the same text to the same numbers within ten minutes "
                          "(code 451) may be relied on. A send that nobody answered, and that the list of "
                          "orders does not show, is then repeated once: either the first one is "
                          "confirmed, or it was lost and this one is taken."),
            "false")};
}

void check_keys(const yaml::reader& account, yaml::problems& found)
{
    require_secret(account, "iletimerkezi", "key", found);
    const bool hash = account.has("hash"), key = account.has("secret_key");
    if (!hash && !key)
        found.push_back(account.problem_at_place(account.place_of_record(), std::string(codes::no_login),
                                                 "an iletimerkezi account needs hash or secret_key beside its key",
                                                 "add hash: {secret: NAME} with the hash that the panel shows"));
    if (hash && key)
        found.push_back(account.problem_at("secret_key", std::string(codes::two_logins),
                                           "both hash and secret_key are given", "leave secret_key out"));
}

result<std::shared_ptr<client>> open(account& a, const account_settings& s, async::clock& clock)
{
    auto key = secret_of(s, "key");
    auto hash = secret_of(s, "hash");
    if (hash.empty() && has_secret(s, "secret_key"))
        hash = register_secret(wire::hash_of(key.reveal(), secret_of(s, "secret_key").reveal()));
    if (key.empty() || hash.empty())
        return error(errc::invalid_argument, "iletimerkezi needs key, and hash or secret_key");
    auto session = std::make_shared<account_session>(*a.client, clock, s.pace, std::move(key), std::move(hash));
    if (option_of(s, "balance_field") == "money") {
        session->balance = wire::balance_field::money;
        a.unit = "TRY";
    }
    session->duplicate_guard = option_of(s, "duplicate_guard") == "true";
    return std::make_shared<client>(std::move(session));
}

} // namespace

protocol_descriptor descriptor()
{
    auto p = describe<client>("iletimerkezi", open);
    p.base_url = "https://api.iletimerkezi.com/v1";
    p.unit = "credits";
    p.default_purchases = 8;
    p.keys = keys();
    p.login_keys = {"key"};
    p.secret_substitutes = {{"secret_key", "hash"}};
    p.check_keys = check_keys;
    p.refuses_login = refused_when_unauthorised(
        [](const http::response& r) { return wire::read_balance(r, wire::balance_field::credit); });
    return p;
}

} // namespace ulak::providers::iletimerkezi
