#include "kinds/registry.hpp"

#include "kinds/balance_watch/settings.hpp"
#include "kinds/otp_acquire/settings.hpp"
#include "kinds/smm_order/settings.hpp"
#include "kinds/sms_send/keys.hpp"
#include "kinds/sms_send/load.hpp"

#include <array>

namespace ulak::kinds {

/// One row per kind.
std::span<const kind> kinds()
{
    static const std::array<kind, 4> all{{
        {sms::table(), &sms::prepare},
        {otp::table(), &otp::prepare},
        {balance::table(), &balance::prepare},
        {smm::table(), &smm::prepare},
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

} // namespace ulak::kinds
