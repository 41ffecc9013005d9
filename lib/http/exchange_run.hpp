// One request and its answer on one connection that is up. Private to this room.
#pragma once

#include "http/dial.hpp"

#include <memory>
#include <string>

namespace ulak::http {

/// A connection of a client, in use or kept.
struct connection {
    explicit connection(dialled stream_) : stream(std::move(stream_)) {}

    dialled stream;
    std::string outgoing{};           ///< one buffer for every request; wiped after each
    std::unique_ptr<alarm> old_age{}; ///< armed while kept
    bool reusable = false;            ///< after an exchange: it ended cleanly, at the end of the message
};

/// `how` arrives with what is known of the connection, and leaves in the exchange. Ends by the deadline, or by the
/// caller's cancellation as far as the options let it act.
task<exchange> run_exchange(client_parts& parts, connection& on, const request& r, const send_options& options,
                            trace how);

} // namespace ulak::http
