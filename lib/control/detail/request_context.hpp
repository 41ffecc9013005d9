// One request on its way through its handler.
#pragma once

#include "control/detail/access.hpp"
#include "control/detail/server_state.hpp"
#include "control/detail/shown_field.hpp"
#include <map>
#include <string>
#include <string_view>

namespace ulak::control {

/// Lives in the frame that awaits the handler; what it refers to outlives it.
struct request_context {
    request_context(server_state& server_, const http::incoming_request& request_, access_level level_)
        : server(server_), request(request_), level(level_)
    {}

    engine::engine& engine() const noexcept { return server.deps.engine; }
    ledger::ledger& store() const { return server.store(); }

    /// Only those who may operate see what people and providers wrote: numbers, names, texts, codes, evidence.
    bool masked() const noexcept { return level < access_level::operate; }
    /// {job}, {id} … of the route's pattern.
    const std::string& path_param(std::string_view name) const { return path_params.find(name)->second; }

    server_state& server;
    const http::incoming_request& request;
    access_level level;
    std::map<std::string, std::string, std::less<>> path_params{};
    shown_fields shown{};  ///< of the route: what those may see who only look
    bool filtered = false; ///< the answer holds nothing else; without it the dispatcher keeps it from them
};

} // namespace ulak::control
