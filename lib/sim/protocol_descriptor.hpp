// A row of the simulator's registry: everything that it has to know of one provider protocol.
#pragma once

#include "core/money.hpp"
#include "http/server.hpp"
#include "sim/catalog.hpp"
#include "sim/fault_kind.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::sim {

class call;

/// One documented call of a protocol.
struct operation {
    std::string_view name; ///< the document's name, by which faults and the log know it
    std::string_view verb; ///< the only one that finds it; empty: any, and `admit` looks at it
    std::string_view path; ///< below the base path; "*" stands for any one segment
    http::reply (*handle)(call&);
};

/// An invented secret of the simulated account, changed by --credential.
struct credential {
    std::string_view option; ///< "tamonay-token"; two protocols that name the same one share it
    std::string_view key;    ///< "token": its name in the ready file
    std::string_view value;  ///< unless the options say otherwise
};

/// What the provider sells or keeps, and so which books an account gets. Absent parts stay empty.
struct protocol_goods {
    number_catalog (*numbers)() = nullptr;              ///< it rents numbers
    std::vector<panel_service> (*services)() = nullptr; ///< it takes orders for these
    bool messages = false;                              ///< it sends SMS
    std::uint64_t first_id = 1;                         ///< of its orders or sends, with seed 0
    std::uint64_t id_spread = 10;                       ///< the seed moves the first id by as much
};

struct protocol_descriptor {
    std::string_view name;       ///< as ulak.yaml names it: "smmonayim-numbers"
    std::string_view short_name; ///< for the command line and faults: "numbers"
    std::string_view base_path;  ///< "/numbers/api/v1"
    std::string_view unit;       ///< of its money: "TRY", "credits"
    decimal balance;             ///< of a new account: what the documents show, else enough for a day
    protocol_goods goods;
    std::vector<credential> credentials;
    std::vector<operation> operations; ///< the first that fits is taken
    std::vector<fault_kind> faults;    ///< that only this protocol knows

    /// Everything that is checked before an operation runs: address, verb, credentials. A reply refuses the call, and
    /// one must come where no operation was found.
    std::optional<http::reply> (*admit)(call&);
    /// Where the address does not name the operation: its name, whatever the path. Null: `operations` tells.
    std::string (*find_name)(call&) = nullptr;
    /// The path for the log where it can hold a secret. Null: as it came.
    std::string (*safe_path)(const call&) = nullptr;
};

} // namespace ulak::sim
