// What all connections of one listener share.
#pragma once

#include "http/server.hpp"
#include "http/server/reply_budget.hpp"

#include <memory>
#include <string>

namespace ulak::http {

struct service_config {
    service_config(std::string name_, handler handle_, server_limits limits_)
        : name(std::move(name_)),
          handle(std::move(handle_)),
          limits(limits_),
          replies(std::make_unique<reply_budget>(limits_.reply_bytes))
    {}

    std::string name;
    handler handle;
    server_limits limits;
    std::unique_ptr<reply_budget> replies; ///< what the connections hold now
};

} // namespace ulak::http
