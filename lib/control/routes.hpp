// Every path of the control sockets, in one table.
#pragma once

#include "control/desk.hpp"

#include <span>
#include <string_view>

namespace ulak::control {

using route_handler = task<http::reply> (*)(call&);

struct route {
    std::string_view verb;
    std::string_view pattern; ///< "/v1/jobs/{job}/runs"
    level least;
    route_handler handle;
    std::string_view help;
};

std::span<const route> routes();

/// What a path leads to. `verbs` lists the methods that the path has, for 405; it is empty for an unknown path.
struct found_route {
    const route* to = nullptr;
    std::map<std::string, std::string, std::less<>> names{};
    std::string verbs{};
};
found_route find_route(std::string_view verb, std::string_view path);

} // namespace ulak::control
