// How a store is opened: whether it may be made, and where else its existence is kept.
#pragma once

#include <string>
#include <vector>

namespace ulak::ledger {

/// A folder outside the state folder in which a mark says that a store exists, so that it is missed when the whole
/// state folder is gone. The daemon must be able to write there, and nobody else.
struct mark_place {
    std::string folder{};
    /// It survives a restart of the machine, so it is believed whatever became of the folder around the state folder.
    /// One of the runtime counts only as long as that folder is the same: a test rig that is built anew is a new place.
    bool lasting = false;
};

struct store_opening {
    bool may_create = true; ///< make the first store in a folder where nothing shows that there was one
    std::vector<mark_place> marks{};
};

} // namespace ulak::ledger
