// What all connections of one listener share.
#pragma once

#include "http/server.hpp"

#include <string>

namespace ulak::http {

struct service_config {
    service_config(std::string name_, handler handle_, server_limits limits_)
        : name(std::move(name_)), handle(std::move(handle_)), limits(limits_)
    {}

    std::string name;
    handler handle;
    server_limits limits;
};

} // namespace ulak::http
