// What may be on a disk after the power has failed: everything that was synced, and of the rest any sectors in any
// version.
#pragma once

#include "ledger/shim_vfs.hpp"

#include <map>
#include <random>
#include <span>

namespace ulak::tests {

using disk_image = std::map<std::string, std::string>; ///< content by name

/// The disk at a moment, `until` entries into what was written. `syncs_hold`: false for a disk that lies.
disk_image image_at(std::span<const disk_entry> written, std::size_t until, std::minstd_rand& random,
                    bool syncs_hold = true);

} // namespace ulak::tests
