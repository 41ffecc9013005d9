#include "providers/smmonayim_panel/protocol_descriptor.hpp"

#include "providers/detail/account_options.hpp"
#include "providers/detail/required_secret.hpp"
#include "providers/smmonayim_panel/client.hpp"
#include "providers/smmonayim_panel/read.hpp"

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

result<std::shared_ptr<client>> open(account& a, const account_settings& s, async::clock&)
{
    if (!has_secret(s, "key"))
        return error(errc::invalid_argument, "smmonayim-panel needs a key");
    return std::make_shared<client>(std::make_shared<account_session>(*a.client, secret_of(s, "key")));
}

} // namespace

protocol_descriptor descriptor()
{
    auto p = describe<client>("smmonayim-panel", open);
    p.base_url = "https://smmonayim.com/api/v2";
    p.unit = "USD";
    p.keys = keys();
    p.login_keys = {"key"};
    p.check_keys = check_keys;
    p.refuses_login = refused_when_unauthorised([](const http::response& r) { return wire::read_balance(r, ""); });
    return p;
}

} // namespace ulak::providers::smmonayim_panel
