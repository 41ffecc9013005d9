#include "sim/registry.hpp"

#include "sim/protocols/iletimerkezi/iletimerkezi.hpp"
#include "sim/protocols/smmonayim_numbers/smmonayim_numbers.hpp"
#include "sim/protocols/smmonayim_panel/smmonayim_panel.hpp"
#include "sim/protocols/tamonay/tamonay.hpp"
#include "sim/protocols/toplusms/toplusms.hpp"

#include <algorithm>
#include <array>

namespace ulak::sim {

std::span<const protocol_descriptor* const> protocols()
{
    static const std::array table{
        &toplusms::descriptor(),          &iletimerkezi::descriptor(),    &tamonay::descriptor(),
        &smmonayim_numbers::descriptor(), &smmonayim_panel::descriptor(),
    };
    return table;
}

const protocol_descriptor* find_protocol(std::string_view name)
{
    for (const auto* p : protocols())
        if (name == p->name || name == p->short_name)
            return p;
    return nullptr;
}

const protocol_descriptor* protocol_at(std::string_view target)
{
    for (const auto* p : protocols())
        if (is_below(target, p->base_path))
            return p;
    return nullptr;
}

std::vector<std::string> operation_names(std::string_view protocol)
{
    std::vector<std::string> names;
    for (const auto* p : protocols())
        if (protocol == "*" || protocol == p->name)
            for (const auto& o : p->operations)
                names.emplace_back(o.name);
    return names;
}

const credential* find_credential(std::string_view option)
{
    for (const auto* p : protocols())
        for (const auto& c : p->credentials)
            if (c.option == option)
                return &c;
    return nullptr;
}

bool is_below(std::string_view target, std::string_view base)
{
    return target.starts_with(base) &&
           (target.size() == base.size() || target[base.size()] == '/' || target[base.size()] == '?');
}

} // namespace ulak::sim
