#include "sim/operations.hpp"

#include "sim/iletimerkezi.hpp"
#include "sim/numbers.hpp"
#include "sim/panel.hpp"
#include "sim/tamonay.hpp"
#include "sim/toplusms.hpp"

#include <array>

namespace ulak::sim {

std::vector<std::string> operations_of(std::string_view protocol)
{
    static constexpr std::array<std::vector<std::string> (*)(), protocol_count> speakers{
        toplusms::operations, iletimerkezi::operations, tamonay::operations, numbers::operations, panel::operations};
    std::vector<std::string> out;
    for (std::size_t i = 0; i < protocol_count; ++i) {
        if (protocol != "*" && protocol != name(static_cast<protocol_id>(i)))
            continue;
        auto more = speakers[i]();
        out.insert(out.end(), more.begin(), more.end());
    }
    return out;
}

} // namespace ulak::sim
