// What ulak.yaml says about one account, decoded.
#pragma once

#include "core/money.hpp"
#include "core/secret.hpp"
#include "yaml/reader.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ulak::providers {

/// The common keys as typed fields, and the protocol's own keys by kind: secrets, lists, and every other scalar as the
/// text that was written ("username", "http_method", "cancel.free_until"). Holds secrets, so it moves and is not
/// copied.
struct account_settings {
    account_settings() = default;

    std::string name{}, provider{};
    std::string base_url{}; ///< empty: the one of the protocol's descriptor
    std::string ca_file{};
    std::optional<yaml::rate_value> pace{};
    int connections = 8;
    std::optional<std::chrono::milliseconds> timeout{};
    std::optional<money> day_budget{};
    std::optional<money> price_per_segment{};
    bool shared = true;
    std::optional<int> purchases{};
    std::map<std::string, secret> secrets{};
    std::map<std::string, std::string> options{};
    std::map<std::string, std::vector<std::string>> lists{};
};

} // namespace ulak::providers
