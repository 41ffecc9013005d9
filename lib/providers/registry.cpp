#include "providers/registry.hpp"

#include "providers/iletimerkezi/protocol_descriptor.hpp"
#include "providers/smmonayim_numbers/protocol_descriptor.hpp"
#include "providers/smmonayim_panel/protocol_descriptor.hpp"
#include "providers/tamonay/protocol_descriptor.hpp"
#include "providers/toplusms/protocol_descriptor.hpp"

namespace ulak::providers {

// A new provider is a folder, an include and a row here. The order is the one of help texts and of the JSON Schema.
protocol_table protocols()
{
    static const std::vector<protocol_descriptor> table{tamonay::descriptor(), toplusms::descriptor(),
                                                        iletimerkezi::descriptor(), smmonayim_numbers::descriptor(),
                                                        smmonayim_panel::descriptor()};
    return table;
}

const protocol_descriptor* find_protocol(std::string_view name, protocol_table table) noexcept
{
    for (const auto& p : table)
        if (p.name == name)
            return &p;
    return nullptr;
}

} // namespace ulak::providers
