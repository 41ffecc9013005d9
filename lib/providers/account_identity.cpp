#include "providers/account_identity.hpp"

#include "core/secret.hpp"
#include "http/auth.hpp"
#include "http/normal_link.hpp"
#include "providers/detail/account_options.hpp"
#include "providers/protocol_descriptor.hpp"

#include <string>
#include <string_view>

namespace ulak::providers {
namespace {

constexpr std::size_t longest_size = 20; // digits

/// Room for a key and its value as `add_key` writes them.
std::size_t room_for(const std::string& name, std::string_view value)
{
    return name.size() + value.size() + longest_size + 3;
}

/// Sizes stand before the texts, so that no two logins make one text.
void add_key(std::string& login, const std::string& name, std::string_view value)
{
    if (value.empty())
        return;
    login.append(name).append(" ").append(std::to_string(value.size())).append(" ").append(value).append("\n");
}

/// Calls `use` with each key that identifies the login and its value, in a fixed order. Those of a protocol that names
/// none: all secrets.
template<class F>
void for_each_login_key(const account_settings& s, const protocol_descriptor& p, F use)
{
    for (const std::string& name : p.login_keys) {
        use(name, option_of(s, name));
        if (const auto found = s.secrets.find(name); found != s.secrets.end())
            use(name, found->second.reveal());
    }
    if (p.login_keys.empty())
        for (const auto& [name, value] : s.secrets)
            use(name, value.reveal());
}

/// The text is in one place, which never grows, and is wiped.
std::string digest_of_login(const account_settings& s, const protocol_descriptor& p)
{
    std::size_t room = 0;
    for_each_login_key(s, p, [&](const std::string& name, std::string_view value) { room += room_for(name, value); });
    std::string text;
    text.reserve(room);
    for_each_login_key(s, p, [&](const std::string& name, std::string_view value) { add_key(text, name, value); });
    auto digest = http::sha256_hex(text);
    wipe(text);
    return digest;
}

} // namespace

account_identity identity_of(const account_settings& s, const protocol_descriptor& p)
{
    account_identity made;
    made.provider = p.name;
    made.base_url = http::normal_link(s.base_url.empty() ? p.base_url : s.base_url);
    made.login = digest_of_login(s, p);
    return made;
}

} // namespace ulak::providers
