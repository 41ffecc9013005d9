#include "providers/account_identity.hpp"

#include "http/auth.hpp"
#include "http/normal_link.hpp"
#include "providers/detail/account_options.hpp"
#include "providers/protocol_descriptor.hpp"

namespace ulak::providers {
namespace {

/// Sizes stand before the texts, so that no two logins make one text.
void add_key(std::string& login, const std::string& name, std::string_view value)
{
    if (!value.empty())
        login += name + " " + std::to_string(value.size()) + " " + std::string(value) + "\n";
}

std::string login_text(const account_settings& s, const protocol_descriptor& p)
{
    std::string login;
    for (const std::string& name : p.login_keys) {
        add_key(login, name, option_of(s, name));
        if (const auto found = s.secrets.find(name); found != s.secrets.end())
            add_key(login, name, found->second.reveal());
    }
    if (!p.login_keys.empty())
        return login;
    for (const auto& [name, value] : s.secrets)
        add_key(login, name, value.reveal());
    return login;
}

} // namespace

account_identity identity_of(const account_settings& s, const protocol_descriptor& p)
{
    account_identity made;
    made.provider = p.name;
    made.base_url = http::normal_link(s.base_url.empty() ? p.base_url : s.base_url);
    made.login = http::sha256_hex(login_text(s, p));
    return made;
}

} // namespace ulak::providers
