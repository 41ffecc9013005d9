// What the metrics count, taken from the events as they pass.
#pragma once

#include "events/event.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace ulak::control {

class counters : public events::sink {
  public:
    void publish(const events::event& e) override;

    using pair_count = std::map<std::pair<std::string, std::string>, std::uint64_t>;

    pair_count runs{};                                      ///< {kind, state}
    pair_count effects{};                                   ///< {account, outcome}
    std::map<std::string, std::uint64_t> provider_errors{}; ///< by account
    std::uint64_t notices_sent = 0, notices_failed = 0, missed = 0;
};

} // namespace ulak::control
