// What every handler works with.
#pragma once

#include "control/detail/access.hpp"
#include "control/control.hpp"
#include "control/detail/counters.hpp"

#include <map>
#include <string>
#include <string_view>

namespace ulak::control {

/// The control's own state: its parts and when it began.
struct server_state {
    explicit server_state(dependencies p) : deps(std::move(p)), started_at(deps.time.wall_now()) {}

    dependencies deps;
    wall_point started_at;
    counters totals{};

    ledger::ledger& store() { return deps.recorder.store(); }
};

/// One request on its way through its handler; lives in the frame that awaits the handler.
struct request_context {
    request_context(server_state& at_, const http::incoming_request& in_, access_level who_) : server(at_), request(in_), level(who_) {}

    server_state& server;
    const http::incoming_request& request;
    access_level level;
    std::map<std::string, std::string, std::less<>> path_params{}; ///< {job}, {id} … of the path

    /// Numbers and codes are for those who may operate.
    bool masked() const noexcept { return level < access_level::operate; }
    const std::string& path_param(std::string_view part) const { return path_params.find(part)->second; }
};

/// `?wait=30s`: how long a caller is ready to wait. Absent: zero. errc::invalid_argument for anything that is no
/// duration.
inline constexpr std::chrono::minutes longest_wait{10};
result<std::chrono::milliseconds> parse_wait(const http::incoming_request& in);

/// `?limit=`: within 1 and `most`, `usual` if it is absent.
result<std::size_t> parse_limit(const http::incoming_request& in, std::size_t usual, std::size_t most);

/// The body as a JSON object; an empty body is {}. Unknown keys are refused with the allowed ones, so that a slip is
/// not lost.
result<boost::json::object> parse_body(const http::incoming_request& in, std::initializer_list<std::string_view> allowed);

http::reply json_reply(const boost::json::object& body, int status = 200);

} // namespace ulak::control
