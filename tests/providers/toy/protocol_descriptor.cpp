#include "providers/toy/protocol_descriptor.hpp"

#include "providers/detail/account_options.hpp"
#include "providers/detail/required_secret.hpp"
#include "providers/toy/client.hpp"
#include "providers/toy/read.hpp"

namespace ulak::providers::toy {
namespace {

std::vector<yaml::key> keys()
{
    return {yaml::optional("token", yaml::secret("The token that the toy shop prints on its box."))};
}

void check_keys(const yaml::reader& account, yaml::problems& found)
{
    require_secret(account, "toy", "token", found);
}

result<std::shared_ptr<client>> open(account& a, const account_settings& s, async::clock&)
{
    if (!has_secret(s, "token"))
        return error(errc::invalid_argument, "toy needs a token");
    return std::make_shared<client>(std::make_shared<const account_session>(*a.client, secret_of(s, "token")));
}

} // namespace

protocol_descriptor descriptor()
{
    auto p = describe<client>("toy", open);
    p.base_url = "https://toy.example/v1";
    p.unit = "coins";
    p.keys = keys();
    p.check_keys = check_keys;
    p.refuses_login = refused_when_unauthorised(wire::read_balance);
    return p;
}

} // namespace ulak::providers::toy
