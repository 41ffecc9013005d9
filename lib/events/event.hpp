// An event: what happened, in the form that logs, journald and the control feed share.
#pragma once

#include "core/wall_time.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace ulak::events {

enum class level { debug, info, notice, warning, error };

std::string_view name(level l) noexcept; ///< "debug" "info" "notice" "warning" "error"

/// `seq` is given by the ledger when the event is durable, 0 before. `name` is one of `events/event_names.hpp`.
/// `message` is one line for people, with phone numbers masked already. `data` holds the event's own fields, masked
/// likewise. Secrets in any of them are replaced by the sinks (`redacted`).
struct event {
    event(std::string name_, level severity_, std::string message_)
        : name(std::move(name_)), severity(severity_), message(std::move(message_))
    {}

    std::int64_t seq = 0;
    wall_point time{};
    std::string name;
    level severity;
    std::string message;
    std::string job{}, run{}, kind{}, account{}, provider{}, item{}; ///< empty: does not apply
    boost::json::object data{};
};

/// {"seq":1,"time":"…","level":"info","event":"run.started","message":"…","job":"…",…,own fields}; empty ones are left
/// out.
boost::json::object to_json(const event& e);

/// The same as one line of text, with a line end.
std::string to_json_line(const event& e);

/// Where events go: journald, JSON lines, text on a terminal, the control feed. Never blocks, never throws.
class sink {
  public:
    virtual ~sink() = default;
    virtual void publish(const event& e) = 0;
};

} // namespace ulak::events
