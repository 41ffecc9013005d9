#include "providers/smmonayim_panel/protocol_descriptor.hpp"

#include "providers/detail/required_secret.hpp"
#include "providers/detail/settings_of.hpp"
#include "providers/smmonayim_panel/client.hpp"

namespace ulak::providers::smmonayim_panel {
namespace {

std::vector<yaml::key> keys()
{
    return {yaml::optional("key", yaml::secret("The API key."))};
}

void check_keys(const yaml::reader& account, yaml::problems& found)
{
    require_secret(account, "smmonayim-panel", "key", found);
}

result<void> open(account& a, const account_settings& s, async::clock&)
{
    if (!has_secret(s, "key"))
        return error(errc::invalid_argument, "smmonayim-panel needs a key");
    const auto shared = std::make_shared<account_session>(*a.client, secret_of(s, "key"));
    a.balances = std::make_unique<client>(shared);
    a.panel = std::make_unique<client>(shared);
    return {};
}

} // namespace

protocol_descriptor descriptor()
{
    protocol_descriptor p{"smmonayim-panel", "https://smmonayim.com/api/v2", {}, 1, keys(), check_keys, open};
    p.can.is_panel = true;
    p.can.unit = "USD";
    p.refuses_login = [](const http::response& r) {
        const auto read = wire::read_balance(r, "");
        return !read && read.error().code == errc::auth;
    };
    return p;
}

} // namespace ulak::providers::smmonayim_panel
