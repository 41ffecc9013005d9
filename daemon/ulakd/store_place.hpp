// Where the existence of this daemon's store is kept beside its folder.
#pragma once

#include "core/error.hpp"
#include "ledger/store_opening.hpp"
#include "ulakd/settings.hpp"

#include <string>

namespace ulak::daemon {

/// The package makes it for ulakd's user; a mark in it survives a restart of the machine.
inline constexpr char lasting_marks[] = "/etc/ulak/stores";

/// Refuses root where the state folder is another user's: ulakd could not use what root makes there. errc::conflict.
result<void> check_init_user(const settings& s);

/// Marks go to `lasting` and to the folder of the control socket, where these exist and are ulakd's alone. The latter
/// is made, as for the socket. A simulated run leaves none.
ledger::store_opening store_opening_of(const settings& s, const std::string& lasting = lasting_marks);

} // namespace ulak::daemon
