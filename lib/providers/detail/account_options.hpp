// Reads an account's settings when its protocol is opened.
#pragma once

#include "providers/account_settings.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::providers {

/// A copy of a secret; empty if the account has none of that name.
secret secret_of(const account_settings& s, std::string_view key);
bool has_secret(const account_settings& s, std::string_view key); ///< and it is not empty

/// Keys of a record are joined by a dot: "cancel.free_until". An empty option counts as absent.
std::string option_of(const account_settings& s, std::string_view key, std::string_view fallback = {});
/// errc::validation and its like: the option is no duration.
result<std::chrono::milliseconds> duration_of(const account_settings& s, std::string_view key,
                                              std::chrono::milliseconds fallback);
/// Leaves `into` as it is where the account has no such list, or an empty one.
void read_list(const account_settings& s, std::string_view key, std::vector<std::string>& into);

/// Makes a secret out of what was computed from secrets, and teaches it to the process's redactor: the hash of a
/// password is as good as the password.
secret register_secret(std::string text);

} // namespace ulak::providers
