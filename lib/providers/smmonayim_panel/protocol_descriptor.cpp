#include "providers/smmonayim_panel/protocol_descriptor.hpp"

#include "core/currency.hpp"
#include "providers/detail/account_options.hpp"
#include "providers/detail/codes.hpp"
#include "providers/detail/required_secret.hpp"
#include "providers/smmonayim_panel/client.hpp"
#include "providers/smmonayim_panel/read.hpp"

namespace ulak::providers::smmonayim_panel {
namespace {

constexpr std::string_view usual_unit = "USD";

std::vector<yaml::key> keys()
{
    return {yaml::optional("key", yaml::secret("The API key.")),
            yaml::optional("unit",
                           yaml::text("The currency in which the panel is paid. What the panel itself tells "
                                      "with its balance counts: an order in another currency is refused.",
                                      "TRY"),
                           std::string(usual_unit))};
}

void check_keys(const yaml::reader& account, yaml::problems& found)
{
    require_secret(account, "smmonayim-panel", "key", found);
    if (!account.has("unit"))
        return;
    const auto unit = normal_unit(account.text("unit"));
    if (auto sound = money::parse("1 " + unit); !sound)
        found.push_back(account.problem_at("unit", std::string(codes::bad_unit), sound.error().message, "unit: TRY"));
}

result<std::shared_ptr<client>> open(account& a, const account_settings& s, async::clock&)
{
    a.unit = normal_unit(option_of(s, "unit", usual_unit));
    if (!has_secret(s, "key"))
        return error(errc::invalid_argument, "smmonayim-panel needs a key");
    auto session = std::make_shared<account_session>(*a.client, secret_of(s, "key"));
    session->unit = a.unit;
    return std::make_shared<client>(std::move(session));
}

} // namespace

protocol_descriptor descriptor()
{
    auto p = describe<client>("smmonayim-panel", open);
    p.base_url = "https://smmonayim.com/api/v2";
    p.unit = usual_unit;
    p.keys = keys();
    p.login_keys = {"key"};
    p.check_keys = check_keys;
    p.refuses_login = refused_when_unauthorised([](const http::response& r) { return wire::read_balance(r, ""); });
    return p;
}

} // namespace ulak::providers::smmonayim_panel
