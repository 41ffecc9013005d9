// The protocols that Ulak speaks, one row each.
#pragma once

#include "events/event.hpp"
#include "providers/account.hpp"
#include "yaml/shape.hpp"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace ulak::providers {

/// `keys`: the protocol's own keys of an account, beside the common ones. `check` says what is wrong across keys (no
/// authentication given, both password and password_md5). `make` fills the capabilities of an account whose `way` is set.
struct protocol_descriptor {
    std::string name;
    std::string base_url;
    abilities can;
    int default_purchases;
    std::vector<yaml::key> keys;
    std::function<void(const yaml::reader&, yaml::problems&)> check_keys;
    std::function<result<void>(account&, const account_settings&, async::clock&)> open;
    double requests_per_second = 0; ///< the pace of an account that names none; 0: no limit
    double burst = 1;               ///< how many of them may come at once
    /// Whether an answer refuses the login, for protocols that do not say it by 401 or 403.
    std::function<bool(const http::response&)> refuses_login{};
};

std::span<const protocol_descriptor> protocols();
const protocol_descriptor* find_protocol(std::string_view name) noexcept;

/// The keys that every account takes (base_url, ca_file, pace, connections, timeout, budget, shared, purchases), `provider` first.
std::vector<yaml::key> common_account_keys();

/// Wraps `way` with the account's patience (pace, retries of reads, what becomes of a failing or refused account) and
/// builds everything. `out` is told when the account's standing changes; it outlives the account. Errors name the account.
result<std::shared_ptr<account>> make_account(const account_settings& s, std::unique_ptr<http::client> way, executor ex,
                                              async::clock& time, events::sink* out = nullptr);

/// A person or a reload says that a failing or suspended account may be tried again: the event to tell, if that changed
/// anything.
std::optional<events::event> reset_breaker(account& a, wall_point now);

} // namespace ulak::providers
