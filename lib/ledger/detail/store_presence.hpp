// Tells a folder that never held a store from one whose store is gone. Private to the module.
#pragma once

#include "core/error.hpp"
#include "ledger/detail/far_mark.hpp"

#include <string>
#include <vector>

namespace ulak::ledger {

/// | ulak.db | beside it, or marked elsewhere | taken for                                 |
/// | ------- | ------------------------------ | ----------------------------------------- |
/// | any     | ulak.init                      | unfinished: nothing was ever committed    |
/// | content | anything                       | there; `folder_ownership` looks at it     |
/// | empty   | anything                       | errc::not_found: it was cut               |
/// | missing | log, mark or ballast           | errc::not_found: it was taken away        |
/// | missing | only a mark elsewhere          | errc::not_found: so was its folder        |
/// | missing | nothing                        | none: the first store may be made         |
enum class store_presence { none, unfinished, there };

/// Touches nothing. Every error says what to do about it:
///   errc::not_found    a store that should be there is not, see above
///   errc::forbidden    others can write into the folder or the store, or read the store
///   errc::unsupported  ulak.db is a link or a folder
result<store_presence> find_store(const std::string& folder, const std::vector<far_mark>& marks);

/// errc::not_found, naming the command that makes the first store.
error nothing_to_open(const std::string& folder);

/// Names of files that show that a folder holds or held a store, ulak.db first.
std::vector<std::string> traces_in(const std::string& folder);

} // namespace ulak::ledger
