#include "providers/detail/account_options.hpp"

#include "events/redactor.hpp"

namespace ulak::providers {

secret secret_of(const account_settings& s, std::string_view key)
{
    const auto at = s.secrets.find(std::string(key));
    return at == s.secrets.end() ? secret() : at->second.duplicate();
}

bool has_secret(const account_settings& s, std::string_view key)
{
    const auto at = s.secrets.find(std::string(key));
    return at != s.secrets.end() && !at->second.empty();
}

std::string option_of(const account_settings& s, std::string_view key, std::string_view fallback)
{
    const auto at = s.options.find(std::string(key));
    return at == s.options.end() || at->second.empty() ? std::string(fallback) : at->second;
}

result<std::chrono::milliseconds> duration_of(const account_settings& s, std::string_view key,
                                              std::chrono::milliseconds fallback)
{
    const auto text = option_of(s, key);
    if (text.empty())
        return fallback;
    return parse_duration(text);
}

void read_list(const account_settings& s, std::string_view key, std::vector<std::string>& into)
{
    const auto at = s.lists.find(std::string(key));
    if (at != s.lists.end() && !at->second.empty())
        into = at->second;
}

secret register_secret(std::string text)
{
    events::process_redactor().add_secret(text);
    return secret(std::move(text));
}

} // namespace ulak::providers
