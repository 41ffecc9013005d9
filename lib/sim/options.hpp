// What a simulated world begins with.
#pragma once

#include "core/money.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ulak::sim {

struct options {
    options() = default;

    /// Over the registry's defaults: balances by the protocol's full name, credentials by their option's name.
    std::map<std::string, decimal, std::less<>> balances{};
    std::map<std::string, std::string, std::less<>> credentials{};
    std::vector<std::string> senders{}; ///< approved titles; empty: every well-formed one

    std::chrono::milliseconds otp_after{3'000}; ///< from the order to the SMS
    std::optional<std::string> otp_code{};      ///< absent: six random digits, leading zeros possible
    std::chrono::milliseconds number_life{20 * 60'000};
    std::chrono::milliseconds refund_window{10 * 60'000}; ///< a cancel after it is refused
    std::chrono::milliseconds delivery_after{2'000};      ///< from the send to the last delivery of a queue
    std::chrono::milliseconds order_after{8'000};         ///< from a panel order to its end

    std::uint64_t seed = 1;               ///< of ids, numbers and codes
    std::string log_file{};               ///< empty: memory only
    bool log_sync = true;                 ///< fdatasync after each line that holds an effect
    bool log_to_stderr = false;           ///< each line on standard error too
    std::size_t log_lines_kept = 200'000; ///< kept in memory for the admin route
};

} // namespace ulak::sim
