// How one account's calls are paced, retried and held back.
#pragma once

#include "async/rate_limiter.hpp"
#include "events/event.hpp"
#include "http/message.hpp"
#include "providers/account_health.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace ulak::providers {

struct retry_policy {
    retry_policy() = default;

    std::string account{}, provider{};                 ///< for messages and events
    std::optional<async::token_bucket> request_rate{}; ///< empty: no limit
    std::function<double()> random01{};                ///< for the jitter; empty: a generator of its own
    /// Whether an answer refuses the login, beside the statuses 401 and 403; empty: none does.
    std::function<bool(const http::response&)> refuses_login{};
    std::shared_ptr<account_health> health{}; ///< null: one of its own
    events::sink* events_out = nullptr; ///< gets account.failing, .recovered, .suspended, .resumed; outlives the client
};

} // namespace ulak::providers
