// What a simulated world begins with.
#pragma once

#include "core/money.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::sim {

/// The five protocols, by the names that `ulak.yaml` uses.
enum class protocol_id { toplusms, iletimerkezi, tamonay, numbers, panel };
inline constexpr std::size_t protocol_count = 5;

std::string_view name(protocol_id p) noexcept;      ///< "smmonayim-numbers"
std::string_view base_path(protocol_id p) noexcept; ///< "/numbers/api/v1"
/// Also takes the short names "numbers" and "panel".
std::optional<protocol_id> find_protocol(std::string_view name) noexcept;

/// Who may come in. All of it is invented and written down in the help text.
struct credentials {
    credentials() = default;

    std::string toplusms_user = "5551112233";
    std::string toplusms_password = "aabbcc112233"; ///< the Basic header holds its md5
    std::string toplusms_api_key = "sim-toplusms-key";
    std::string iletimerkezi_key = "sim-key";
    std::string iletimerkezi_hash = "sim-hash";
    std::string tamonay_token = "sim-token";
    std::string smm_key = "sim-smm-key"; ///< numbers and panel
};

struct options {
    options() = default;

    credentials access{};
    std::map<protocol_id, decimal> balances{}; ///< over the defaults in world.cpp
    std::vector<std::string> senders{};        ///< approved titles; empty: every well-formed one

    std::chrono::milliseconds otp_after{3'000}; ///< from the order to the SMS
    std::optional<std::string> otp_code{};      ///< absent: six random digits, leading zeros possible
    std::chrono::milliseconds number_life{20 * 60'000};
    std::chrono::milliseconds refund_window{10 * 60'000}; ///< SMMOnayim: a later cancel is refused
    std::chrono::milliseconds delivery_after{2'000};      ///< from the send to the last delivery of a queue
    std::chrono::milliseconds order_after{8'000};         ///< from a panel order to its end

    std::uint64_t seed = 1;             ///< of ids, numbers and codes
    std::string log_file{};          ///< empty: memory only
    bool log_sync = true;            ///< fdatasync after each line that holds an effect
    bool log_to_stderr = false;                  ///< each line on standard error too
    std::size_t log_lines_kept = 200'000; ///< kept in memory for the admin route
};

} // namespace ulak::sim
