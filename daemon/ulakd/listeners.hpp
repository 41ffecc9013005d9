// Opens the control sockets and the metrics port.
#pragma once

#include "http/server.hpp"
#include "ulakd/service_manager.hpp"
#include "ulakd/settings.hpp"

#include <string>

namespace ulak::daemon {

/// Listens on the operators' socket, the view socket and, if it is set, the metrics address. A socket that the service
/// manager passed is used instead of a path. Returns the metrics address with the port that was taken, or "".
/// Errors: those of the listening calls; nothing is closed again, for the daemon ends then.
result<std::string> open_listeners(http::server& server, service_manager& manager, const settings& s,
                                   const http::handler& handler);

} // namespace ulak::daemon
