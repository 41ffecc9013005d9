// Reads an account's settings for the protocols' rows.
#pragma once

#include "providers/account.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace ulak::providers {

/// A copy of a secret; empty if the account has none of that name.
secret secret_of(const account_settings& s, std::string_view key);
bool has_secret(const account_settings& s, std::string_view key);

std::string option_of(const account_settings& s, std::string_view key, std::string_view fallback = {});
result<std::chrono::milliseconds> duration_of(const account_settings& s, std::string_view key,
                                              std::chrono::milliseconds fallback);
/// Leaves `into` as it is where the account has no such list.
void read_list(const account_settings& s, std::string_view key, std::vector<std::string>& into);

/// The redactor of the process learns what was made out of secrets: a hash of a password is as good as the password.
secret register_secret(std::string text);

} // namespace ulak::providers
