// Why a control socket cannot be reached, as far as its file tells.
#pragma once

#include <string>

namespace ulak::ctl {

/// What a user who may not connect can do: the group to join, and the command for it. Empty: nothing is known.
std::string socket_rights(const std::string& path);
/// The socket itself, or `view.sock` beside it where this user may only look.
std::string reachable_socket(const std::string& path);
/// Whether something else lies there.
bool is_no_socket(const std::string& path);

} // namespace ulak::ctl
