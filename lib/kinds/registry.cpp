// One row per kind.
#include "kinds/balance_watch.hpp"
#include "kinds/kind.hpp"
#include "kinds/otp_acquire/declaration.hpp"
#include "kinds/smm_order/smm_run.hpp"
#include "kinds/sms_send/settings.hpp"

#include <array>

namespace ulak::kinds {

std::span<const kind> kinds()
{
    static const std::array<kind, 4> all{{
        {sms::table(), &sms::prepare},
        otp::declaration(),
        {balance::table(), &balance::prepare},
        {smm::table(), &smm::prepare},
    }};
    return all;
}

const kind* find_kind(std::string_view name) noexcept
{
    for (const kind& k : kinds())
        if (k.definition.name == name)
            return &k;
    return nullptr;
}

std::vector<job::kind_definition> kind_tables()
{
    std::vector<job::kind_definition> tables;
    for (const kind& k : kinds())
        tables.push_back(k.definition);
    return tables;
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
