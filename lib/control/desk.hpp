// What every handler works with.
#pragma once

#include "control/access.hpp"
#include "control/control.hpp"
#include "control/counters.hpp"

#include <map>
#include <string>
#include <string_view>

namespace ulak::control {

/// The control's own state: its parts and when it began.
struct desk {
    explicit desk(parts p) : with(std::move(p)), since(with.time.wall_now()) {}

    parts with;
    wall_point since;
    counters counted{};

    ledger::ledger& store() { return with.record.store(); }
};

/// One request on its way through its handler; lives in the frame that awaits the handler.
struct call {
    call(desk& at_, const http::incoming_request& in_, level who_) : at(at_), in(in_), who(who_) {}

    desk& at;
    const http::incoming_request& in;
    level who;
    std::map<std::string, std::string, std::less<>> names{}; ///< {job}, {id} … of the path

    /// Numbers and codes are for those who may operate.
    bool masked() const noexcept { return who < level::operate; }
    const std::string& named(std::string_view part) const { return names.find(part)->second; }
};

/// `?wait=30s`: how long a caller is ready to wait. Absent: zero. errc::invalid_argument for anything that is no
/// duration.
inline constexpr std::chrono::minutes longest_wait{10};
result<std::chrono::milliseconds> wait_of(const http::incoming_request& in);

/// `?limit=`: within 1 and `most`, `usual` if it is absent.
result<std::size_t> limit_of(const http::incoming_request& in, std::size_t usual, std::size_t most);

/// The body as a JSON object; an empty body is {}. Unknown keys are refused with the allowed ones, so that a slip is
/// not lost.
result<boost::json::object> body_of(const http::incoming_request& in, std::initializer_list<std::string_view> allowed);

http::reply json_reply(const boost::json::object& body, int status = 200);

} // namespace ulak::control
