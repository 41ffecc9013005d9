#include "kinds/registry.hpp"

#include "kinds/balance_watch/settings.hpp"
#include "kinds/otp_acquire/declaration.hpp"
#include "kinds/smm_order/declaration.hpp"
#include "kinds/sms_send/keys.hpp"
#include "kinds/sms_send/load.hpp"

#include <array>

namespace ulak::kinds {

/// One row per kind.
std::span<const kind> kinds()
{
    static const std::array<kind, 4> all{{
        {sms::table(), &sms::prepare},
        otp::declaration(),
        {balance::table(), &balance::prepare},
        smm::declaration(),
    }};
    return all;
}

const kind* find_kind(std::span<const kind> known, std::string_view name) noexcept
{
    for (const kind& k : known)
        if (k.definition.name == name)
            return &k;
    return nullptr;
}

const kind* find_kind(std::string_view name) noexcept
{
    return find_kind(kinds(), name);
}

std::vector<job::kind_definition> kind_tables(std::span<const kind> known)
{
    std::vector<job::kind_definition> tables;
    for (const kind& k : known)
        tables.push_back(k.definition);
    return tables;
}

std::vector<job::kind_definition> kind_tables()
{
    return kind_tables(kinds());
}

const failure_entry* find_failure_entry(std::span<const kind> known, std::string_view entry_kind) noexcept
{
    for (const kind& k : known)
        for (const failure_entry& e : k.failure_entries)
            if (e.kind == entry_kind)
                return &e;
    return nullptr;
}

} // namespace ulak::kinds
