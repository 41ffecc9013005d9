#include "providers/detail/required_secret.hpp"

#include "providers/detail/codes.hpp"

namespace ulak::providers {

void require_secret(const yaml::reader& account, std::string_view provider, std::string_view key, yaml::problems& found)
{
    if (account.has(key))
        return;
    const std::string wanted(key);
    found.push_back(account.problem_at_place(account.place_of_record(), std::string(codes::no_login),
                                             "provider " + std::string(provider) + " needs `" + wanted + "`",
                                             "add " + wanted + ": {secret: NAME}"));
}

} // namespace ulak::providers
