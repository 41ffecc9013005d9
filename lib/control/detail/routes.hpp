// Every path of the control sockets, in one table.
#pragma once

#include "control/detail/request_context.hpp"
#include "control/detail/shown_field.hpp"

#include <span>
#include <string_view>

namespace ulak::control {

using route_handler = task<http::reply> (*)(request_context&);

struct route {
    std::string_view method;
    std::string_view pattern; ///< "/v1/jobs/{job}/runs"
    access_level required_level;
    route_handler handler;
    std::string_view help;
    std::string_view query{}; ///< its query's keys, "limit,after"; any other is refused
    shown_fields shown{};     ///< keys of its answer that those may see who only look; what it does not name is hidden
};

std::span<const route> routes();

/// What a path leads to. `allowed_methods` is empty for an unknown path, else it is what 405 says.
struct route_match {
    const route* target = nullptr;
    std::map<std::string, std::string, std::less<>> path_params{};
    std::string allowed_methods{};
};
route_match match_route(std::string_view method, std::string_view path);

} // namespace ulak::control
