// One row per kind.
#include "kinds/balance_watch/settings.hpp"
#include "kinds/kind.hpp"
#include "kinds/otp_acquire/settings.hpp"
#include "kinds/smm_order/settings.hpp"
#include "kinds/sms_send/keys.hpp"
#include "kinds/sms_send/load.hpp"

#include <array>

namespace ulak::kinds {

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

} // namespace ulak::kinds
