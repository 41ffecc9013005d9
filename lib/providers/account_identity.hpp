// What an account is, whatever its name: a login at a site.
#pragma once

#include <string>

namespace ulak::providers {

struct account_settings;
struct protocol_descriptor;

/// Two accounts with equal identities spend from one wallet, and a provider's id means the same at both. `login` is a
/// hash, which a weak login can be guessed from: it stays in memory.
struct account_identity {
    std::string provider{}; ///< empty: not known (an account that a test has made)
    std::string base_url{}; ///< in its normal form
    std::string login{};    ///< sha256 of the keys that say who logs in; a password is none

    bool known() const noexcept { return !provider.empty(); }
    friend bool operator==(const account_identity&, const account_identity&) = default;
};

account_identity identity_of(const account_settings& s, const protocol_descriptor& p);

} // namespace ulak::providers
